"""manage.py import_paper: prints what it read, and takes it in when told to."""

import io

import pytest
from django.core.management import CommandError, call_command

from reports.document import Audience, from_json
from reports.enums import Origin, RecommendationStatus
from reports.models import IssuedPaper, PastPaperDraft, Recommendation
from spr_portal.audit.models import AuditEvent
from tests.factories import make_person
from tests.past_papers.papers import ADVICE, BOARD, MEETING, TITLE, Layout, as_text

LAYOUT = Layout(places=("front", "inline", "end"), head="labels")


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "last-year.txt"
    path.write_bytes(as_text(LAYOUT))
    return path


def imported(path, *more, year="2018-19") -> str:
    out = io.StringIO()
    asked = ["--force", "wmp", "--year", year, "--edition", "2015", *more]
    call_command("import_paper", str(path), *asked, stdout=out)
    return out.getvalue()


def test_without_accept_it_prints_and_keeps_nothing(paper, acc, edition):
    printed = imported(paper)

    assert TITLE in printed
    assert "Meeting:  14 March 2019" in printed
    assert "8 paragraphs (8 with a number, numbered 1 to 8)" in printed
    assert "3 recommendations" in printed
    assert "TERRORISM  [terrorism]" in printed
    assert "Not placed: 0" in printed
    assert "running head or foot" in printed
    assert not IssuedPaper.objects.exists()
    assert not PastPaperDraft.objects.exists()


def test_with_accept_it_is_issued_as_it_was(paper, acc, edition):
    imported(paper, "--public", "--accept")

    issued = IssuedPaper.objects.get()
    file = issued.files.get()
    document = from_json(issued.document)
    rows = Recommendation.objects.filter(force=acc.force, year="2018-19").order_by("order")
    assert (issued.origin, issued.paper, issued.edition_code) == (Origin.IMPORTED, None, "2015-03")
    assert (issued.title, issued.board_name, issued.board_on) == (TITLE, BOARD, MEETING)
    assert bytes(file.content) == paper.read_bytes()
    assert (file.audience, file.format) == (Audience.PUBLIC, "txt")
    assert document.audience == Audience.PUBLIC
    assert [paragraph.number for paragraph in document.paragraphs()] == list(range(1, 9))
    assert [(row.addressee, row.text, row.verb) for row in rows] == [
        (one.addressee, f"{one.text}.", verb)
        for one, verb in zip(ADVICE, ("fill", "support", "report"), strict=True)
    ]
    assert {row.status for row in rows} == {RecommendationStatus.OPEN}
    assert all(row.is_public and row.owner is None for row in rows)
    assert [row.threat_codes for row in rows] == [["terrorism"], ["serious-organised-crime"], []]


def test_each_printing_has_the_one_number(paper, acc, edition):
    imported(paper, "--public", "--accept")

    printed = list(from_json(IssuedPaper.objects.get().document).recommendations())
    assert [item.number for item in printed] == [1, 2, 3, 1, 2, 1, 2, 3]
    assert len({item.identity for item in printed}) == 3


def test_what_was_not_public_stays_so(paper, acc, edition):
    imported(paper, "--accept")

    issued = IssuedPaper.objects.get()
    assert issued.files.get().audience == Audience.FULL
    assert not any(paragraph.is_public for paragraph in from_json(issued.document).paragraphs())
    assert set(Recommendation.objects.values_list("is_public", "withheld_under")) == {
        (False, "section 31")
    }


def test_it_is_taken_in_once(paper, acc, edition):
    imported(paper, "--accept")

    with pytest.raises(CommandError, match="2018/19 has been taken in already"):
        imported(paper, "--accept")


@pytest.mark.parametrize(
    ("year", "why"),
    [("2019-20", "an earlier year"), ("2020-21", "an earlier year"), ("2018", "as 2015-16")],
)
def test_only_an_earlier_year_comes_in(year, why, paper, acc, edition):
    with pytest.raises(CommandError, match=why):
        imported(paper, year=year)


def test_what_was_entered_by_hand_is_matched_and_not_doubled(paper, acc, edition):
    for order, one in enumerate(ADVICE, start=1):
        Recommendation.objects.create(
            force=acc.force, year="2018-19", order=order, addressee=one.addressee,
            text=one.text, is_public=True, outcome="Told already.", status="completed",
        )  # fmt: skip

    imported(paper, "--accept", "--public")

    assert list(Recommendation.objects.values_list("outcome", flat=True)) == ["Told already."] * 3


def test_unsure_matches_are_left_to_people(paper, acc, edition):
    Recommendation.objects.create(
        force=acc.force, year="2018-19", order=1, addressee="The Board", text="to do another thing",
        is_public=True,
    )  # fmt: skip

    with pytest.raises(CommandError, match="entered by hand"):
        imported(paper, "--accept", "--public")

    assert not IssuedPaper.objects.exists()
    assert not PastPaperDraft.objects.exists()


def test_words_without_a_place_need_a_yes(acc, edition, tmp_path):
    path = tmp_path / "paper.txt"
    path.write_bytes(b"Zebra quagga okapi\n\n" + as_text(LAYOUT))

    with pytest.raises(CommandError, match="1 part is not placed"):
        imported(path, "--accept")
    imported(path, "--accept", "--leave-unplaced")

    assert PastPaperDraft.objects.get().pieces.get(kind="unplaced").text == "Zebra quagga okapi"


def test_a_day_that_is_not_printed_is_asked_for(acc, edition, tmp_path):
    path = tmp_path / "paper.txt"
    path.write_bytes(as_text(Layout(date="%B %Y")))

    with pytest.raises(CommandError, match="day of the meeting is missing"):
        imported(path, "--accept")
    imported(path, "--accept", "--meeting-date", "2019-03-14")

    assert IssuedPaper.objects.get().board_on == MEETING


def test_one_that_may_not_take_it_in_is_refused(paper, acc, edition):
    stranger = make_person(force=acc.force)

    with pytest.raises(CommandError, match="Only ACC Security or the staff officer"):
        imported(paper, "--accept", "--by", stranger.email)


def test_bad_input_ends_with_a_sentence(acc, edition, tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        imported(tmp_path / "nothing.pdf")
    (tmp_path / "x.pdf").write_bytes(b"nothing")
    with pytest.raises(CommandError, match="is not a PDF"):
        imported(tmp_path / "x.pdf")


def test_the_audit_says_who_took_it_in(paper, acc, edition):
    imported(paper, "--accept", "--by", acc.email)

    last = AuditEvent.objects.order_by("-pk").first()
    assert (last.action, last.actor) == ("past_paper.taken_in", acc)
