"""What is kept with a paper beside its sections, read in one query.

Its waivers, comments that nobody has resolved, paragraphs told otherwise than
their source, expired evidence that it rests on, and the steps it has taken.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from operator import itemgetter

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_aware

from assessments.enums import AssessmentStatus, FoiExemption
from assessments.models import EvidenceReference
from reports.enums import PaperKind, PaperStatus
from reports.models import BoardPaper, PaperStatusChange
from reports.selectors import standing_waivers


@dataclass(frozen=True)
class Waiver:
    """Somebody lets a paper pass although a check found something: who, when and why."""

    key: int  # of its row
    code: str
    subject: str
    sentence: str  # as it was waived
    reason: str
    by: str
    at: datetime.datetime


@dataclass(frozen=True)
class CommentWords:
    """A thread that is not resolved, pinned to a block of the document."""

    identity: str
    block: str
    label: str
    by: str


@dataclass(frozen=True)
class OverrideWords:
    """A paragraph of a threat's summary as the paper tells it, or that it is left out."""

    threat_code: str
    source: str  # the identity of the summary's paragraph
    source_text: str  # what that said when this was written
    text: str
    is_left_out: bool
    is_public: bool
    withheld_under: str
    clears_withheld: bool
    marking: str
    handling: str
    reason: str
    by: str
    at: datetime.datetime
    version: int


@dataclass(frozen=True)
class ExpiredEvidence:
    identity: str
    title: str
    threat_code: str
    threat: str
    expired_on: datetime.date


@dataclass(frozen=True)
class Beside:
    waivers: tuple[Waiver, ...] = ()
    comments: tuple[CommentWords, ...] = ()
    expired_evidence: tuple[ExpiredEvidence, ...] = ()
    overrides: tuple[OverrideWords, ...] = ()
    corrections: tuple[str, ...] = ()  # the year before, if its paper is being corrected
    history: tuple[PaperStatusChange, ...] = ()  # not saved rows: their values only


def beside_queries(paper: BoardPaper, *, with_history: bool = False) -> dict[str, QuerySet]:
    """What to read of each kind, for `rows_of`; the steps only when asked for."""
    return {
        kind: as_rows(rows(paper), kind, fields)
        for kind, (rows, fields, _) in _KINDS.items()
        if with_history or kind != "history"
    }


def beside_of(rows: dict[str, list[dict]]) -> Beside:
    """All of it, oldest first, from what `rows_of` has read."""
    return Beside(
        **{
            kind: tuple(read(row) for row in sorted(rows.get(kind, ()), key=itemgetter("key")))
            for kind, (_, _, read) in _KINDS.items()
        }
    )


def as_rows(query: QuerySet, kind: str, fields: dict) -> QuerySet:
    """The rows of a query, each as its kind and its fields in one value."""
    row = JSONObject(key=F("pk"), **fields)
    return (
        query.order_by().annotate(what=Value(kind, CharField()), row=row).values_list("what", "row")
    )


def rows_of(queries: dict[str, QuerySet]) -> dict[str, list[dict]]:
    """Rows of several tables, by kind and in no order; one query."""
    first, *others = queries.values()
    found: dict[str, list[dict]] = {kind: [] for kind in queries}
    for kind, row in first.union(*others, all=True):
        found[kind].append(row)
    return found


def _expired(paper: BoardPaper) -> QuerySet:
    return EvidenceReference.objects.filter(
        assessment__cycle=paper.cycle_id,
        assessment__status=AssessmentStatus.APPROVED,
        expires_on__lt=paper.cycle.as_at,
        is_draft=False,
    )


def _corrections(paper: BoardPaper) -> QuerySet:
    """The issued paper before this one, while it is being corrected."""
    earlier = BoardPaper.objects.filter(
        cycle__force=paper.cycle.force_id,
        cycle__year__lt=paper.cycle.year,
        kind=PaperKind.BOARD_PAPER,
        issues__isnull=False,
    )
    before = BoardPaper.objects.filter(pk__in=earlier.order_by("-cycle__year").values("pk")[:1])
    return before.exclude(correction="").exclude(status=PaperStatus.ISSUED)


def _waiver(row: dict) -> Waiver:
    return Waiver(
        key=row["key"],
        code=row["check_code"],
        subject=row["subject"],
        sentence=row["finding"],
        reason=row["reason"],
        by=_named(row),
        at=_moment(row["at"]),
    )


def _comment(row: dict) -> CommentWords:
    return CommentWords(row["identity"], row["block"], row["label"], _named(row))


def _override(row: dict) -> OverrideWords:
    return OverrideWords(
        **{name: row[name] for name in ("threat_code", "source", "source_text", "text", "reason")},
        **{name: row[name] for name in ("marking", "handling", "version")},
        **{name: bool(row[name]) for name in ("is_left_out", "is_public", "clears_withheld")},
        withheld_under=FoiExemption(row["exemption"]).label if row["exemption"] else "",
        by=row["by_name"],
        at=_moment(row["at"]),
    )


def _evidence(row: dict) -> ExpiredEvidence:
    return ExpiredEvidence(
        identity=row["identity"],
        title=row["title"],
        threat_code=row["threat_code"],
        threat=row["threat"],
        expired_on=parse_date(row["expires_on"]),
    )


def _step(row: dict) -> PaperStatusChange:
    values = {name: row[name] for name in ("action", "by_name", "by_post", "reason")}
    return PaperStatusChange(at=_moment(row["at"]), **values)


def _named(row: dict) -> str:
    return ", ".join(filter(None, (row["by_name"], row["by_post"])))


def _moment(text: str) -> datetime.datetime:
    """A moment as either database writes it in JSON: SQLite leaves out that it is UTC."""
    moment = parse_datetime(text)
    return moment if is_aware(moment) else moment.replace(tzinfo=datetime.UTC)


def _fields(*names: str, **others: str) -> dict[str, F]:
    return {
        name: F(path) for name, path in {**dict(zip(names, names, strict=True)), **others}.items()
    }


# Kind to its rows, the columns read, and what is made of a row.
_KINDS = {
    "waivers": (
        standing_waivers,
        _fields("check_code", "subject", "finding", "reason", "by_name", "by_post", "at"),
        _waiver,
    ),
    "comments": (
        lambda paper: paper.comments.filter(thread__isnull=True, resolved_at__isnull=True),
        _fields("identity", "block", "label", "by_name", "by_post"),
        _comment,
    ),
    "expired_evidence": (
        _expired,
        _fields(
            "identity", "title", "expires_on",
            threat_code="assessment__threat__code", threat="assessment__threat__label",
        ),
        _evidence,
    ),
    "overrides": (
        lambda paper: paper.overrides.all(),
        _fields(
            "threat_code", "source", "source_text", "text", "is_left_out", "is_public",
            "clears_withheld", "marking", "handling", "reason", "by_name", "at", "version",
            exemption="withheld_under",
        ),
        _override,
    ),
    "corrections": (_corrections, _fields(year="cycle__year"), itemgetter("year")),
    "history": (
        lambda paper: paper.status_changes.all(),
        _fields("action", "by_name", "by_post", "reason", "at"),
        _step,
    ),
}  # fmt: skip
