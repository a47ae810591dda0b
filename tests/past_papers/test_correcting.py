"""People correct what was read, part by part, and no word gets lost on the way."""

import datetime

import pytest

from reports.domain.past_papers import (
    change_head,
    change_kind,
    change_piece,
    give_up,
    join_piece,
    split_piece,
)
from reports.domain.past_pieces import words_of
from reports.exceptions import StalePaperEdit
from reports.models import PastPaperDraft
from reports.past_papers.proposal import PieceKind
from reports.past_papers.words import letters_of
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied, Refused
from tests.factories import make_person
from tests.past_papers.drafts import NOT_PLACED, make_draft


@pytest.fixture
def draft(acc, edition):
    return make_draft(by=acc, extra=NOT_PLACED)


def first(draft, kind, place=0):
    return draft.pieces.filter(kind=kind).order_by("order")[place]


def events(draft) -> list[str]:
    rows = AuditEvent.objects.filter(subject=f"past paper {draft.reference}").order_by("sequence")
    return [row.action.removeprefix("past_paper.") for row in rows]


def test_a_part_is_corrected(draft, acc):
    piece = first(draft, PieceKind.PARAGRAPH)

    changed = change_piece(
        draft=draft,
        identity=piece.identity,
        values={"text": "Other words.", "number": "1a"},
        started_from=piece.version,
        by=acc,
    )

    assert (changed.text, changed.number, changed.version) == ("Other words.", "1a", 2)
    assert changed.origin == piece.origin
    assert events(draft) == ["read", "piece_changed"]


def test_of_two_who_correct_one_part_the_second_sees_the_firsts_words(draft, acc):
    piece = first(draft, PieceKind.PARAGRAPH)
    change_piece(
        draft=draft, identity=piece.identity, values={"text": "First."}, started_from=1, by=acc
    )

    with pytest.raises(StalePaperEdit) as stale:
        change_piece(
            draft=draft, identity=piece.identity, values={"text": "Second."}, started_from=1, by=acc
        )

    assert stale.value.newer.text == "First."


@pytest.mark.parametrize("kind", list(PieceKind))
@pytest.mark.parametrize("was", [PieceKind.RECOMMENDATION, PieceKind.HEADER, PieceKind.PARAGRAPH])
def test_a_part_becomes_something_else_with_all_its_words(kind, was, draft, acc):
    piece = first(draft, was)
    before = letters_of(words_of(piece)).casefold()

    changed = change_kind(draft=draft, identity=piece.identity, kind=kind, started_from=1, by=acc)

    assert changed.kind == kind
    assert letters_of(words_of(changed)).casefold() == before


def test_what_was_not_placed_becomes_a_recommendation(draft, acc):
    piece = first(draft, PieceKind.UNPLACED)
    words = {"text": "Public order: The Board to note the shifts that were lost."}
    change_piece(draft=draft, identity=piece.identity, values=words, started_from=1, by=acc)

    made = change_kind(
        draft=draft,
        identity=piece.identity,
        kind=PieceKind.RECOMMENDATION,
        started_from=2,
        by=acc,
    )

    assert (made.heading, made.addressee, made.verb) == ("Public order", "The Board", "note")
    assert made.text == "to note the shifts that were lost."


def test_what_repeated_it_repeats_nothing_once_it_is_no_recommendation(draft, acc):
    piece = first(draft, PieceKind.RECOMMENDATION)
    again = draft.pieces.get(repeats=piece.identity)

    change_kind(
        draft=draft, identity=piece.identity, kind=PieceKind.PARAGRAPH, started_from=1, by=acc
    )

    again.refresh_from_db()
    assert again.repeats == ""


def test_a_second_printing_is_of_another_recommendation(draft, acc):
    again = first(draft, PieceKind.REPEATED)
    other = first(draft, PieceKind.RECOMMENDATION, 2)

    changed = change_piece(
        draft=draft, identity=again.identity, values={"repeats": other.identity}, started_from=1,
        by=acc,
    )  # fmt: skip

    assert changed.repeats == other.identity
    for wrong in ("", again.identity, "p2"):
        with pytest.raises(Refused, match="Choose the recommendation"):
            change_piece(
                draft=draft, identity=again.identity, values={"repeats": wrong}, started_from=2,
                by=acc,
            )  # fmt: skip


def test_a_part_is_split_at_blank_lines_and_joined_again(draft, acc):
    piece = first(draft, PieceKind.PARAGRAPH)
    first_half, second_half = piece.text.split(". ", 1)

    parts = split_piece(
        draft=draft,
        identity=piece.identity,
        text=f"{first_half}.\n\n{second_half}",
        started_from=1,
        by=acc,
    )
    joined = join_piece(draft=draft, identity=parts[1].identity, started_from=1, by=acc)

    assert [part.text for part in parts] == [f"{first_half}.", second_half]
    assert joined.text == piece.text
    orders = list(draft.pieces.values_list("order", flat=True))
    assert len(set(orders)) == len(orders)
    assert events(draft) == ["read", "piece_split", "pieces_joined"]


def test_splitting_changes_no_words(draft, acc):
    piece = first(draft, PieceKind.PARAGRAPH)

    with pytest.raises(Refused, match="not the same"):
        split_piece(
            draft=draft, identity=piece.identity, text="Other\n\nwords", started_from=1, by=acc
        )
    with pytest.raises(Refused, match="blank line"):
        split_piece(draft=draft, identity=piece.identity, text=piece.text, started_from=1, by=acc)


def test_joining_keeps_every_word_and_every_line(draft, acc):
    heading = first(draft, PieceKind.HEADING)
    paragraph = draft.pieces.get(order=heading.order + 1)

    joined = join_piece(draft=draft, identity=paragraph.identity, started_from=1, by=acc)

    assert joined.text == f"{heading.text} {words_of(paragraph)}"
    assert joined.origin == heading.origin + paragraph.origin
    assert joined.kind == PieceKind.HEADING


def test_the_first_part_has_nothing_before_it(draft, acc):
    piece = draft.pieces.order_by("order").first()

    with pytest.raises(Refused, match="nothing before"):
        join_piece(draft=draft, identity=piece.identity, started_from=1, by=acc)


def test_the_head_is_corrected_once_a_version(draft, acc):
    values = {"title": "Requirement", "meeting_on": datetime.date(2019, 3, 15)}

    changed = change_head(draft=draft, values=values, started_from=1, by=acc)

    assert (changed.title, changed.version) == ("Requirement", 2)
    with pytest.raises(StalePaperEdit):
        change_head(draft=draft, values=values, started_from=1, by=acc)


def test_giving_up_frees_the_year(draft, acc):
    give_up(draft=draft, by=acc)

    assert not PastPaperDraft.objects.exists()
    assert events(draft) == ["read", "given_up"]
    make_draft(by=acc)


def test_one_paper_a_year_is_read(draft, acc):
    with pytest.raises(Refused, match="has been read already"):
        make_draft(by=acc)


@pytest.mark.parametrize("role", [Role.EXECUTIVE, Role.FORCE_LEAD, Role.OPCC, Role.ADMINISTRATOR])
def test_others_correct_nothing(role, draft, force):
    other = make_person(force=force, role=role)
    piece = first(draft, PieceKind.PARAGRAPH)

    with pytest.raises(PolicyDenied):
        change_piece(
            draft=draft, identity=piece.identity, values={"text": "x"}, started_from=1, by=other
        )
    with pytest.raises(PolicyDenied):
        make_draft(by=other, year="2017-18")
