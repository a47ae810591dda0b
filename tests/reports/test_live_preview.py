"""The paper beside the form of a paragraph: what is typed is shown, and nothing is saved."""

import pytest
from django.urls import reverse

from reports.models import PaperParagraph, PaperSection
from spr_portal.identity.enums import Role
from tests.factories import make_paper, make_person

pytestmark = pytest.mark.django_db
YEAR = "2016-17"
CLEARED = {"publication": "public", "withheld_under": ""}
RESTRICTED = {"publication": "restricted", "withheld_under": "section 31"}


def url(name, *args):
    return reverse(f"reports:{name}", args=[YEAR, *args])


@pytest.fixture
def paper(acc):
    return make_paper(by=acc, restricted="KEPT FROM THE PUBLIC")


@pytest.fixture
def client(paper, acc, sign_in):
    return sign_in(acc)


def live(client, section="conclusion", paragraph="position", **sent):
    return client.post(
        url("live_preview", section),
        CLEARED | {"paragraph": paragraph} | sent,
        headers={"Accept": "application/json"},
    )


def test_what_is_typed_stands_in_its_place_and_is_not_saved(client):
    answer = live(client, text="Words of this minute on [[board-date]].").json()

    assert "Words of this minute on 7 February 2017." in answer["html"]
    assert f'id="{answer["anchor"]}"' in answer["html"]
    assert not PaperParagraph.objects.filter(text__startswith="Words of this minute").exists()


def test_a_new_paragraph_is_shown_at_the_end_of_its_section(client):
    answer = live(client, paragraph="", text="One more.\n\nAnd another.").json()

    assert "One more." in answer["html"]
    assert f'id="{answer["anchor"]}"' in answer["html"].partition("One more.")[0][-400:]


def test_the_public_edition_shows_nothing_that_is_restricted(client):
    full = live(client, text="TYPED AND RESTRICTED", **RESTRICTED).json()["html"]
    public = live(client, text="TYPED AND RESTRICTED", edition="public", **RESTRICTED).json()[
        "html"
    ]

    assert "KEPT FROM THE PUBLIC" in full
    assert "TYPED AND RESTRICTED" in full
    paper = public.partition("data-live-paper")[2]
    assert "KEPT FROM THE PUBLIC" not in paper
    assert "TYPED AND RESTRICTED" not in paper
    assert "withheld under section 31" in paper


def test_what_is_missing_follows_what_is_typed(client):
    before = live(client, text="All is there.").json()["html"]
    after = live(client, text="It costs XX.").json()["html"]

    assert "still waits to be filled in" not in before
    assert "“XX” still waits to be filled in." in after
    assert url("paragraph", "conclusion", "position") in after


def test_a_threats_paragraph_is_previewed_as_it_would_be_told(client, paper):
    source = paper.cycle.assessments.get(threat__code="terrorism").summary.first().identity

    told = live(client, "terrorism", source, text="Otherwise.", telling="rewrite").json()["html"]
    left_out = live(client, "terrorism", source, text="", telling="leave-out").json()["html"]

    assert "Otherwise." in told
    assert "What the board reads on Terrorism." not in told.partition("data-live-paper")[2]
    assert "What the board reads on Terrorism." not in left_out.partition("data-live-paper")[2]


@pytest.mark.parametrize(
    "sent",
    [
        {"text": "<script>alert(1)</script>"},
        {"text": "x" * 100_000},
        {"text": "a\x00b", "publication": "never", "withheld_under": "section 999"},
        {"edition": "secret", "paragraph": "../../etc"},
    ],
)
def test_whatever_is_sent_is_shown_as_words_or_not_at_all(client, sent):
    answer = live(client, **{"text": "", **sent})

    assert answer.status_code == 200
    assert "<script" not in answer.json()["html"]


def test_only_who_writes_the_paper_sees_a_draft_of_it(client, paper, acc, executive, opcc, sign_in):
    lead = make_person(force=acc.force, role=Role.FORCE_LEAD, threat="terrorism")
    for person, status in ((executive, 403), (opcc, 404), (lead, 404)):
        answer = live(sign_in(person), text="Mine.")

        assert answer.status_code == status
        assert "KEPT FROM THE PUBLIC" not in answer.content.decode()


def test_a_script_of_somebody_signed_out_is_told_so(client):
    client.logout()

    assert live(client, text="Mine.").status_code == 401


def test_the_page_shows_the_paper_beside_the_form_at_every_save_of_it(client):
    text = client.get(url("paragraph", "conclusion", "position")).content.decode()

    assert "data-live-paper" in text
    assert "KEPT FROM THE PUBLIC" in text
    assert text.count('name="preview"') == 2


def test_without_a_script_a_button_shows_what_is_typed_in_either_edition(client):
    address = url("paragraph", "conclusion", "position")

    text = client.post(
        address, CLEARED | {"text": "Only tried.", "version": "1", "preview": "public"}
    ).content.decode()

    assert "Only tried.</textarea>" in text
    paper = text.partition("data-live-paper")[2]
    assert "Only tried." in paper
    assert "KEPT FROM THE PUBLIC" not in paper
    assert "It is not saved yet." in text
    assert not PaperParagraph.objects.filter(text="Only tried.").exists()


def test_without_a_script_a_reference_goes_to_the_end_of_what_is_typed(client):
    address = url("add_paragraph", "conclusion")
    page = client.get(address).content.decode()
    assert '<optgroup label="Recommendations">' in page
    assert '<optgroup label="Paragraphs">' in page

    text = client.post(
        address,
        CLEARED | {"text": "See", "insert": "end", "reference": "[[recommendation:submit]]"},
    ).content.decode()

    assert "See [[recommendation:submit]]</textarea>" in text
    assert "See <a" in text
    assert not PaperParagraph.objects.filter(text="See [[recommendation:submit]]").exists()


def test_a_stale_save_shows_both_texts_with_what_differs(client, paper):
    paragraph = PaperParagraph.objects.get(section__paper=paper, identity="position")
    address = url("paragraph", "conclusion", "position")
    client.post(address, CLEARED | {"text": "Said by the other.", "version": paragraph.version})

    response = client.post(address, CLEARED | {"text": "Said by me.", "version": paragraph.version})

    text = response.content.decode()
    assert response.status_code == 409
    assert "only here: </span>the other." in text
    assert "only here: </span>me." in text
    assert "Said by me.</textarea>" in text


def identities(paper):
    return list(paper.sections.values_list("identity", flat=True))


def test_a_section_goes_to_any_place(client, paper):
    page = client.get(url("move_section", "legal")).content.decode()
    assert "2. After “Purpose of report”" in page

    client.post(url("move_section", "legal"), {"place": "2"})

    assert identities(paper)[:3] == ["purpose", "legal", "introduction"]
    assert [s.order for s in PaperSection.objects.filter(paper=paper)] == list(
        range(1, len(identities(paper)) + 1)
    )


@pytest.mark.parametrize("place", ["0", "99", "", "up"])
def test_a_place_that_there_is_not_moves_nothing(client, paper, place):
    before = identities(paper)

    response = client.post(url("move_section", "legal"), {"place": place})

    assert response.status_code == 200
    assert identities(paper) == before


def test_a_paragraph_goes_to_any_place_of_its_section(client, paper):
    section = paper.sections.get(identity="introduction")
    last = section.paragraphs.last().identity

    client.post(url("move_paragraph", "introduction", last), {"place": "1"})

    assert section.paragraphs.first().identity == last
