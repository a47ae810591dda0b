"""One page says of every part of a paper how it is marked and whether the public may read it."""

import pytest
from django.urls import reverse

from reports.domain.wording import add_paragraph, change_section
from tests.factories import make_paper

pytestmark = pytest.mark.django_db
MARKED = {"marking": "OFFICIAL-SENSITIVE", "handling": "for the Executive Team only"}
WITHHELD = {"is_public": False, "withheld_under": "section 31"}


YEAR = "2016-17"


def url(name, *args):
    return reverse(f"reports:{name}", args=[YEAR, *args])


@pytest.fixture
def paper(acc):
    return make_paper(by=acc)


@pytest.fixture
def client(paper, acc, sign_in):
    return sign_in(acc)


@pytest.fixture
def written(paper, acc):
    section = paper.sections.filter(kind="wording").first()
    values = {"text": "Where the vans stand.", **WITHHELD, **MARKED}
    add_paragraph(section=section, values=values, by=acc)
    return section


def page(client, address, shown=""):
    return client.get(address + (f"?show={shown}" if shown else "")).content.decode()


def test_clearance_shows_each_part_and_can_be_narrowed(client, paper, written):
    everything = page(client, url("clearance"))
    withheld = page(client, url("clearance"), "withheld")

    assert "Where the vans stand." in everything
    assert "Section 31 (law enforcement): 1" in everything
    assert "OFFICIAL-SENSITIVE: for the Executive Team only" in withheld
    assert withheld.count("Withheld</strong>") == 1
    assert "Cleared</strong>" not in withheld
    assert "Cleared</strong>" in page(client, url("clearance"), "cleared")


def test_the_full_edition_bears_the_highest_marking_in_it(client, paper, written):
    full = page(client, url("preview", "full"))
    public = page(client, url("preview", "public"))

    assert "The full edition is marked OFFICIAL-SENSITIVE, the public edition OFFICIAL." in page(
        client, url("clearance")
    )
    assert 'data-marking="OFFICIAL-SENSITIVE"' in full
    assert 'data-marking="OFFICIAL"' in public
    assert "for the Executive Team only" not in public


def test_a_withheld_section_withholds_what_stands_under_it(client, paper, acc, written):
    change_section(
        section=written,
        heading=written.heading,
        has_numbers=True,
        publication=WITHHELD,
        started_from=written.version,
        by=acc,
    )

    assert "With its section" in page(client, url("clearance"), "withheld")
    assert f">{written.heading}<" not in page(client, url("preview", "public"))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (
            {"publication": "public", "marking": "OFFICIAL-SENSITIVE", "handling": "H"},
            "cannot be cleared for publication",
        ),
        (
            {"publication": "restricted", "withheld_under": "section 31",
             "marking": "OFFICIAL-SENSITIVE"},
            "Enter the handling instruction",
        ),
        (
            {"publication": "public", "marking": "OFFICIAL", "handling": "H"},
            "goes with OFFICIAL-SENSITIVE",
        ),
        ({"publication": "public", "marking": "SECRET"}, "Select a valid choice"),
    ],
)  # fmt: skip
def test_a_marking_that_does_not_fit_is_refused(client, paper, written, sent, sentence):
    address = reverse("reports:add_paragraph", args=[YEAR, written.identity])
    response = client.post(address, {"text": "Words.", **sent})

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert written.paragraphs.filter(text="Words.").count() == 0
