"""The pages on which a past paper is brought in, looked through and taken in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.models import IssuedPaper, PastPaperDraft, Recommendation
from reports.past_papers.proposal import PieceKind
from spr_portal.identity.enums import Role
from tests.factories import make_person
from tests.past_papers import hostile
from tests.past_papers.drafts import LAYOUT, NOT_PLACED, make_draft
from tests.past_papers.papers import ADVICE, TITLE, Layout, as_docx, as_text

BACKEND = "spr_portal.identity.backends.AccountBackend"
LIST = reverse("reports:past_papers")


@pytest.fixture
def signed_in(client, acc, edition):
    client.force_login(acc, backend=BACKEND)
    return client


@pytest.fixture
def draft(acc, edition):
    return make_draft(by=acc, extra=NOT_PLACED)


def bring(client, name="paper.txt", content=None, **more):
    values = {
        "file": SimpleUploadedFile(name, as_text(LAYOUT) if content is None else content),
        "year": "2018-19",
        "edition": "2015-03",
        "publication": "public",
    }
    return client.post(LIST, values | more, follow=True)


def page(client, name, *arguments, **query):
    return client.get(reverse(f"reports:{name}", args=["2018-19", *arguments]), query)


def test_a_file_is_read_and_shown_beside_its_lines(signed_in):
    answer = bring(signed_in, "paper.docx", as_docx(LAYOUT))

    assert answer.redirect_chain[-1][0] == reverse("reports:past_paper", args=["2018-19"])
    shown = answer.content.decode()
    assert TITLE in shown
    assert "Line 3" in shown
    assert "About Terrorism" in shown
    assert "The same as recommendation 1" in shown
    assert PastPaperDraft.objects.get().file_format == "docx"


def test_a_file_that_cannot_be_read_says_why_beside_its_field(signed_in):
    answer = bring(signed_in, "paper.pdf", hostile.a_scan())

    shown = answer.content.decode()
    assert "There is no text in the PDF: it is a scan" in shown
    assert not PastPaperDraft.objects.exists()


def test_the_form_says_what_is_missing(signed_in):
    answer = signed_in.post(LIST, {})

    shown = answer.content.decode()
    for sentence in (
        "Select the file of the paper", "Select the year it reports on",
        "Select the edition it reports against",
    ):  # fmt: skip
        assert sentence in shown


def test_this_year_is_not_offered(signed_in):
    shown = signed_in.get(LIST).content.decode()

    assert 'value="2018-19"' in shown
    assert 'value="2019-20"' not in shown


def test_what_needs_a_look_is_shown_alone(signed_in, draft):
    whole, look = page(signed_in, "past_paper"), page(signed_in, "past_paper", show="not-placed")

    assert TITLE in whole.content.decode()
    assert look.content.decode().count("portal-read__kind") == 1
    assert NOT_PLACED in look.content.decode()


def test_a_part_is_corrected_and_the_next_one_opens(signed_in, draft):
    piece = draft.pieces.get(identity="p11")
    path = reverse("reports:past_piece", args=["2018-19", "p11"])

    answer = signed_in.post(
        path, {"text": "Right words.", "number": "1", "version": "1", "next": "yes"}
    )

    piece.refresh_from_db()
    assert piece.text == "Right words."
    assert answer.url == reverse("reports:past_piece", args=["2018-19", "p12"])


def test_words_that_left_a_part_are_said(signed_in, draft):
    path = reverse("reports:past_piece", args=["2018-19", "p11"])
    signed_in.post(path, {"text": "The Board receives this report.", "version": "1"})

    shown = page(signed_in, "past_paper", show="look").content.decode()

    assert "In the file, but no longer here:" in shown
    assert "constabulary" in shown


def test_a_stale_correction_shows_both(signed_in, draft):
    path = reverse("reports:past_piece", args=["2018-19", "p11"])
    signed_in.post(path, {"text": "First words.", "version": "1"})

    answer = signed_in.post(path, {"text": "Second words.", "version": "1"})

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "First words." in shown
    assert "Second words." in shown
    draft.pieces.get(identity="p11", text="First words.")


def test_a_part_becomes_something_else(signed_in, draft):
    path = reverse("reports:past_piece_kind", args=["2018-19", "p1"])

    answer = signed_in.post(path, {"kind": "header", "version": "1"}, follow=True)

    assert "line of the header" in answer.content.decode()
    assert draft.pieces.get(identity="p1").kind == PieceKind.HEADER


def test_the_paper_is_taken_in_once_what_is_unplaced_is_known(signed_in, draft):
    path = reverse("reports:take_in", args=["2018-19"])

    refused = signed_in.post(path, {"sure": "yes"})
    taken = signed_in.post(path, {"sure": "yes", "leaves_unplaced": "on"}, follow=True)

    assert "Say that what is not placed may be left out" in refused.content.decode()
    assert taken.redirect_chain[-1][0] == reverse("reports:issued", args=["2018-19"])
    assert "made before the portal was used" in taken.content.decode()
    assert Recommendation.objects.filter(year="2018-19", status="open").count() == 3


def test_what_is_missing_keeps_it_out_and_leads_to_its_place(signed_in, acc):
    make_draft(by=acc, layout=Layout(date="%B %Y"))

    shown = page(signed_in, "take_in").content.decode()
    signed_in.post(reverse("reports:take_in", args=["2018-19"]), {"sure": "yes"})

    assert "The day of the meeting is missing." in shown
    assert reverse("reports:past_head", args=["2018-19"]) in shown
    assert not IssuedPaper.objects.exists()


def test_what_was_entered_by_hand_is_offered_as_the_same(signed_in, acc):
    make_draft(by=acc)
    mine = Recommendation.objects.create(
        force=acc.force, year="2018-19", order=1, addressee="Chief Constable",
        text="to fill the vacant posts of armed officers", is_public=True, status="completed",
        outcome="All were filled.",
    )  # fmt: skip

    shown = page(signed_in, "take_in").content.decode()
    match = {"match-p12": mine.identity, "match-p13": "", "match-p14": "", "sure": "yes"}
    signed_in.post(reverse("reports:take_in", args=["2018-19"]), match)

    assert f'<option value="{mine.identity}" selected>' in shown
    rows = Recommendation.objects.filter(year="2018-19").order_by("order")
    assert [row.outcome for row in rows] == ["All were filled.", "", ""]
    assert [row.addressee for row in rows][1:] == [one.addressee for one in ADVICE][1:]


def test_two_recommendations_are_not_one_entered_before(signed_in, acc):
    make_draft(by=acc)
    mine = Recommendation.objects.create(
        force=acc.force, year="2018-19", order=1, addressee="Board", text="to do", is_public=True
    )

    both = {"match-p12": mine.identity, "match-p13": mine.identity, "sure": "yes"}
    answer = signed_in.post(reverse("reports:take_in", args=["2018-19"]), both)

    assert "cannot be the same one" in answer.content.decode()
    assert not IssuedPaper.objects.exists()


def test_the_file_is_handed_out_as_it_was(signed_in, draft):
    before = page(signed_in, "past_file")
    path = reverse("reports:take_in", args=["2018-19"])
    signed_in.post(path, {"leaves_unplaced": "on", "sure": "yes"})
    after = signed_in.get(reverse("reports:download", args=["2018-19", "public", "txt"]))

    assert before.content == after.content == f"{NOT_PLACED}\n\n".encode() + as_text(LAYOUT)
    assert after["Content-Type"] == "text/plain; charset=utf-8"
    assert after["Content-Disposition"].startswith("attachment")


def test_a_paper_that_was_taken_in_is_not_corrected(signed_in, draft):
    path = reverse("reports:take_in", args=["2018-19"])
    signed_in.post(path, {"leaves_unplaced": "on", "sure": "yes"})

    answer = signed_in.post(
        reverse("reports:past_piece", args=["2018-19", "p11"]), {"text": "x", "version": "1"}
    )

    assert "What was taken in is never changed" in answer.content.decode()
    assert page(signed_in, "past_paper").status_code == 200
    assert signed_in.get(LIST).status_code == 200


@pytest.mark.parametrize(("withheld_under", "sees"), [("", 200), ("section 31", 404)])
def test_the_office_takes_the_file_of_a_public_paper_only(withheld_under, sees, client, acc):
    draft = make_draft(by=acc, withheld_under=withheld_under)
    client.force_login(acc, backend=BACKEND)
    client.post(reverse("reports:take_in", args=["2018-19"]), {"sure": "yes"})
    client.force_login(make_person(force=acc.force, role=Role.OPCC), backend=BACKEND)

    answer = client.get(reverse("reports:issued", args=["2018-19"]))
    file = client.get(reverse("reports:download", args=["2018-19", draft.audience, "txt"]))

    read = client.get(reverse("reports:read", args=["2018-19"]))
    assert answer.status_code == 200
    assert file.status_code == sees
    for words in ("Supt A Example", "mutual aid", "vacant posts"):
        assert (words in read.content.decode()) == (not withheld_under)
