"""The board's side: issued papers are read, searched and compared, each in the edition one may."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.document import Audience, Paragraph, Text, from_json, to_json
from reports.domain.documents import document_hash
from reports.enums import Origin
from reports.models import IssuedFile, IssuedPaper, SearchText
from spr_portal.identity.enums import Role
from tests.factories import make_force, make_issued, make_person
from tests.reports.test_published_pages import damage

pytestmark = pytest.mark.django_db
YEAR, BEFORE = "2016-17", "2015-16"
SECRET = "Quartzfield"


def url(name, *args):
    return reverse(f"reports:{name}", args=args)


def get(client, name, *args, **query):
    return client.get(url(name, *args), query).content.decode()


def make_past(issued: IssuedPaper, *, year: str = BEFORE, change=lambda section: section):
    """A paper of an earlier year that was made before the portal: the other's words, changed."""
    document = from_json(issued.document)
    document = dataclasses.replace(document, sections=tuple(map(change, document.sections)))
    return IssuedPaper.objects.create(
        force=issued.force,
        year=year,
        origin=Origin.IMPORTED,
        title="Past paper",
        board_name=issued.board_name,
        board_on=datetime.date(2016, 2, 2),
        document=to_json(document),
        document_hash=document_hash(document),
        template_code="imported",
        template_version=1,
        approvals={},
        libraries={},
        issued_by=issued.issued_by,
        issued_by_name="Alex Acc",
        issued_at=timezone.now(),
    )


def with_words(words: str, *, identity: str = "added", is_public: bool = True):
    """Puts a paragraph at the end of the introduction."""

    def change(section):
        if section.identity != "section-introduction":
            return section
        added = Paragraph(
            identity, None, (Text(words),), is_public=is_public,
            withheld_under="" if is_public else "Section 31",
        )  # fmt: skip
        return dataclasses.replace(section, blocks=(*section.blocks, added))

    return change


def test_papers_stand_by_year_with_those_made_before_the_portal(acc, opcc, sign_in):
    make_past(make_issued(by=acc))

    page = get(sign_in(opcc), "published")

    assert page.index("2016/17</h2>") < page.index("2015/16</h2>")
    assert "Past paper 2015/16" in page
    assert "Made before the portal was used" in page


def test_the_office_reads_the_public_edition_in_the_portal(acc, opcc, sign_in):
    make_issued(by=acc, restricted=SECRET)
    client = sign_in(opcc)

    page = get(client, "read", YEAR)

    assert "What the board reads on" in page
    assert "is withheld under" in page
    assert SECRET not in page
    assert client.get(url("read", YEAR), {"edition": "full"}).status_code == 404
    assert client.get(url("read_issue", YEAR, 2)).status_code == 404


def test_officers_read_either_edition(acc, sign_in):
    make_issued(by=acc, restricted=SECRET)
    client = sign_in(acc)

    assert SECRET in get(client, "read", YEAR)
    assert SECRET not in get(client, "read", YEAR, edition="public")
    assert client.get(url("read", YEAR), {"edition": "draft"}).status_code == 404


def test_a_paper_of_before_the_portal_has_one_edition_and_one_file(acc, opcc, sign_in):
    issued = make_issued(by=acc)
    make_past(issued)
    public = dataclasses.replace(from_json(issued.document), audience=Audience.PUBLIC)
    issued.document = to_json(public)
    make_past(issued, year="2014-15")

    for person, edition in ((acc, "not for the public."), (opcc, "the public edition.")):
        page = get(sign_in(person), "read", BEFORE)

        assert f"This paper is {edition}" in page or f"This is {edition}" in page
        assert "PDF, Word and HTML" not in page
        assert "?edition=" not in page
    for person in (acc, opcc):
        page = get(sign_in(person), "read", "2014-15")

        assert "This paper is public." in page
        assert "Full edition of" not in page
        assert "The file that was taken in" in page
    assert "PDF, Word and HTML" in get(sign_in(acc), "read", YEAR)


def test_a_first_paper_is_not_offered_for_comparing(acc, sign_in):
    make_past(make_issued(by=acc))
    client = sign_in(acc)

    assert "Compare it with the year before" in get(client, "issued", YEAR)
    assert "Compare it with the year before" not in get(client, "issued", BEFORE)


def test_a_search_finds_the_place_and_leads_to_it(acc, opcc, sign_in):
    make_past(make_issued(by=acc), change=with_words("The Gannet’s exercise was held."))
    client = sign_in(opcc)

    page = get(client, "search", words="gannet's EXERCISE")

    assert "1 place</strong>" in page
    assert "<mark>Gannet’s</mark> <mark>exercise</mark>" in page
    place = SearchText.objects.get(audience="public", text__contains="Gannet")
    href = f"{url('read_issue', BEFORE, 1)}?edition=public#{place.anchor}"
    assert f'href="{href}"' in page
    assert f'id="{place.anchor}"' in client.get(href.split("#")[0]).content.decode()


def test_a_search_finds_headings_recommendations_and_numbers_over_all_years(acc, opcc, sign_in):
    make_past(make_issued(by=acc))

    page = get(sign_in(opcc), "search", words="terrorism")

    assert page.index("2016/17: ") < page.index("2015/16: ")
    assert "Paragraph " in page
    assert "Heading" in page


@pytest.mark.parametrize("words", [SECRET, SECRET.lower(), SECRET[:6], f"{SECRET} strength"])
def test_a_search_never_finds_a_restricted_word_for_the_office(acc, opcc, sign_in, words):
    make_issued(by=acc, restricted=f"{SECRET} strength of the team")
    assert SECRET in get(sign_in(acc), "search", words=words).split("</form>")[-1].replace(
        "<mark>", ""
    ).replace("</mark>", "")
    client = sign_in(opcc)

    answer = client.get(url("search"), {"words": words})

    assert answer.context["count"] == 0
    assert "No place in the public edition" in answer.content.decode()
    assert client.get(url("search"), {"words": words, "edition": "full"}).status_code == 404


def test_a_search_sees_nothing_of_another_force(acc, sign_in):
    make_issued(by=acc)
    client = sign_in(make_person(force=make_force(), role=Role.OPCC))

    assert client.get(url("search"), {"words": "terrorism"}).context["count"] == 0


@pytest.mark.parametrize("words", ["", "   ", "x" * 101, "%", "_", "\\", "'", "a" * 100])
def test_odd_searches_are_answered(acc, opcc, sign_in, words):
    make_issued(by=acc)

    assert sign_in(opcc).get(url("search"), {"words": words}).status_code == 200


def test_what_is_laid_out_for_searches_may_be_thrown_away(acc, opcc, sign_in):
    make_issued(by=acc)
    client = sign_in(opcc)
    found = client.get(url("search"), {"words": "terrorism"}).context["count"]
    SearchText.objects.all().delete()

    assert client.get(url("search"), {"words": "terrorism"}).context["count"] == found


def test_two_years_are_compared_paragraph_by_paragraph(acc, opcc, sign_in):
    issued = make_issued(by=acc)
    make_past(issued, change=with_words("A gannet was seen."))

    page = get(sign_in(opcc), "compare", YEAR)

    assert "A gannet was seen." in page
    assert "1 gone" in page
    assert "Gone</strong>" in page


def test_what_changed_in_a_paragraph_is_shown_word_by_word(acc, opcc, sign_in):
    issued = make_issued(by=acc)
    first = next(p for p in from_json(issued.document).paragraphs() if p.is_public)
    words = first.inlines[0].text

    def change(section):
        blocks = tuple(
            dataclasses.replace(b, inlines=(Text(f"{words} Until then."), *b.inlines[1:]))
            if b.identity == first.identity
            else b
            for b in section.blocks
            if isinstance(b, Paragraph)
        )
        return dataclasses.replace(section, blocks=blocks or section.blocks)

    make_past(issued, change=change)

    page = get(sign_in(opcc), "compare", YEAR)

    assert "removed: </span>" in page
    assert "Until then." in page


def test_the_office_compares_the_public_editions_alone(acc, opcc, sign_in):
    issued = make_issued(by=acc, restricted=SECRET)
    make_past(issued, change=with_words(f"{SECRET} before.", is_public=False))
    client = sign_in(opcc)

    assert SECRET not in get(client, "compare", YEAR)
    assert client.get(url("compare", YEAR), {"edition": "full"}).status_code == 404
    assert SECRET in get(sign_in(acc), "compare", YEAR)


def test_a_first_paper_has_nothing_to_be_compared_with(acc, opcc, sign_in):
    make_issued(by=acc)
    client = sign_in(opcc)

    assert "nothing to compare" in get(client, "compare", YEAR)
    assert client.get(url("compare", YEAR), {"year": "1999-00"}).status_code == 404


def test_damaged_data_are_not_shown(acc, opcc, sign_in):
    make_issued(by=acc)
    damage(IssuedFile.objects.get(audience="public", format="json"))

    assert sign_in(opcc).get(url("read", YEAR)).status_code == 500
