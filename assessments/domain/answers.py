"""Saving a page of answers, each for itself, so that nobody's words are lost."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from assessments.domain.given import GivenAnswer, SavedPage
from assessments.domain.turns import start_if_new
from assessments.models import Assessment, Response, ResponseVersion, SetAside
from assessments.policies import can_edit, can_write_place
from assessments.selectors import is_lead
from spr_portal.audit.recording import record
from spr_portal.identity.models import User
from threats.models import RatingPoint

# What one person types into one answer without a longer pause is one act in the audit.
SITTING = datetime.timedelta(minutes=10)
ACTIONS = {
    "answers": "response.saved",
    "set_aside": "response.set_aside",
    "settled": "words.settled",
}


def save_answers(*, assessment: Assessment, given: Iterable[GivenAnswer], by: User) -> SavedPage:
    """Save what is new, all at once; one that cannot be saved holds none of the others up.

    An answer equal to the saved one changes nothing. Where the writer changed
    nothing since `started_from` and somebody else did, the newer one stands.
    Where both changed it, the words given are kept as a `SetAside`.

    The assessment must come from `in_turn` or `lock_for_writing`, and the
    transaction must not be rolled back: the words set aside would go with it.
    Six queries, whatever the number of answers, unless some are stale.
    """
    page = SavedPage(refusal=can_edit(by, assessment).reason)
    if page.refusal:
        return page
    return _Saving(assessment, by, page).save({answer.code: answer for answer in given})


@dataclass
class _Change:
    response: Response
    text: str
    rating_id: int | None
    given: GivenAnswer

    @property
    def is_new(self) -> bool:
        return (self.response.text, self.response.rating_id) != (self.text, self.rating_id)

    @property
    def is_next(self) -> bool:
        """Whether it follows what stands there."""
        return self.response.version == self.given.started_from or (
            self.is_from_its_page and self.given.number > self.response.typed_number
        )

    @property
    def is_overtaken(self) -> bool:
        """Whether the page that sent it sent what stands there later."""
        return self.is_from_its_page and not self.is_next

    @property
    def is_from_its_page(self) -> bool:
        """Whether what stands there was sent by the page that sent this."""
        return bool(self.given.page) and self.given.page == self.response.typed_on


@dataclass
class _Saving:
    assessment: Assessment
    by: User
    page: SavedPage
    now: datetime.datetime = field(default_factory=timezone.now)

    def save(self, given: dict[str, GivenAnswer]) -> SavedPage:
        changes = list(self._changes(given))
        new = [change for change in changes if change.is_new]
        doubtful = [change for change in new if not change.is_next and not change.is_overtaken]
        self.page.overtaken |= {change.given.code for change in new if change.is_overtaken}
        noted = {
            "answers": self._write([change for change in new if change.is_next]),
            "set_aside": self._set_aside(self._would_be_lost(doubtful)),
            "settled": self._settle(changes),
        }
        self._record({name: what for name, what in noted.items() if what})
        return self.page

    def _changes(self, given: dict[str, GivenAnswer]) -> Iterator[_Change]:
        """What is given, beside the responses as they stand; what may not be given is refused."""
        points = sorted({answer.rating for answer in given.values()} - {""})
        rows = {row.question.code: row for row in self._current(given, points)}
        for code, answer in given.items():
            if code not in rows:
                continue
            row = self.page.standing[code] = rows[code]
            writing = can_write_place(self.by, self.assessment, code)
            if not writing:
                self.page.refusal = writing.reason
                continue
            text, rating_id = row.text, row.rating_id
            if not answer.keeps_saved:
                text = row.text if answer.text is None else answer.text
                rating_id = self._point(row, points, answer.rating)
            yield _Change(row, text, rating_id, answer)

    def _current(self, given: dict[str, GivenAnswer], points: list[str]) -> QuerySet[Response]:
        """The responses as they stand, with the keys of the rating points that are given."""
        waiting = SetAside.objects.filter(
            assessment=self.assessment.pk,
            place=OuterRef("question__code"),
            by=self.by,
            settled_at__isnull=True,
        )
        scale = RatingPoint.objects.filter(scale=self.assessment.cycle.rating_scale_id)
        keys = {
            f"point_{number}": Subquery(scale.filter(code=code).values("pk"))
            for number, code in enumerate(points)
        }
        return (
            self.assessment.responses.filter(question__code__in=list(given))
            .select_related("question", "rating", "updated_by")
            .annotate(has_waiting=Exists(waiting), **keys)
            .defer("question__prompt", "question__guidance", "question__threat_codes")
            .order_by()
        )

    def _point(self, row: Response, points: list[str], code: str) -> int | None:
        if not code:
            return None
        key = getattr(row, f"point_{points.index(code)}")
        if key is None:
            raise ValueError(f"The cycle's scale has no rating {code!r}.")
        return key

    def _would_be_lost(self, doubtful: list[_Change]) -> list[_Change]:
        """Those whose words differ from what the writer began with, and are saved nowhere."""
        if not doubtful:
            return []
        known = Q()
        for change in doubtful:
            version = Q(version=change.given.started_from)
            if change.given.is_brought_back:
                version |= Q(version__gt=change.given.started_from, by=self.by)
            says = Q(text=change.text, rating=change.rating_id)
            known |= Q(response=change.response) & version & says
        versions = ResponseVersion.objects.filter(known).values_list("response", flat=True)
        found = set(versions)
        lost = []
        for change in doubtful:
            was_empty = not change.given.started_from and not (change.text or change.rating_id)
            if change.response.pk not in found and not was_empty:
                lost.append(change)
            elif change.given.is_brought_back:
                self.page.overtaken.add(change.given.code)
        return lost

    def _write(self, writes: list[_Change]) -> dict[str, int]:
        """Save them; the version of each that begins something in the audit, by its code."""
        if not writes:
            return {}
        start_if_new(self.assessment, by=self.by)
        noted = {
            change.given.code: change.response.version + 1
            for change in writes
            if not self._goes_on(change)
        }
        accepts = is_lead(self.by, self.assessment)
        self._update(writes, accepts)
        ResponseVersion.objects.bulk_create(
            ResponseVersion(
                response=change.response,
                version=change.response.version + 1,
                text=change.text,
                rating_id=change.rating_id,
                by=self.by,
                at=self.now,
            )
            for change in writes
        )
        for change in writes:
            response = change.response
            response.text, response.rating_id = change.text, change.rating_id
            response.version += 1
            if accepts:
                response.accepted_version = response.version
            response.updated_by, response.updated_at = self.by, self.now
            self.page.saved.append(change.given.code)
        return noted

    def _goes_on(self, change: _Change) -> bool:
        """Whether the same person types on where they typed a moment ago."""
        response = change.response
        return (
            change.given.is_typing
            and response.updated_by_id == self.by.pk
            and self.now - response.updated_at < SITTING
        )

    def _update(self, writes: list[_Change], accepts: bool) -> None:
        """One statement. What a lead writes is accepted; a contributor's words are a draft.

        The versions stand in its condition: correctness rests on no lock (SQLite has none).
        """
        unmoved = Q()
        for change in writes:
            unmoved |= Q(pk=change.response.pk, version=change.response.version)
        values = {"version": F("version") + 1, "updated_by": self.by, "updated_at": self.now}
        if accepts:
            values["accepted_version"] = F("version") + 1
        new = {
            "text": {change.response.pk: change.text for change in writes},
            "rating": {change.response.pk: change.rating_id for change in writes},
            "typed_on": {change.response.pk: change.given.page for change in writes},
            "typed_number": {change.response.pk: change.given.number for change in writes},
        }
        for name, by_key in new.items():
            values[name] = _each(name, by_key)
        changed = Response.objects.filter(unmoved).update(**values)
        if changed != len(writes):
            raise RuntimeError("A response changed while its assessment was locked.")

    def _set_aside(self, asides: list[_Change]) -> dict[str, int]:
        """Keep the words; the versions they started from, by code, where they are new here."""
        noted = {}
        for change in asides:
            given = change.given
            rating = given.rating or None
            values = {"text": change.text, "rating": rating, "page": given.page}
            kept = self._already_kept(given) if given.page else None
            if kept is None:
                noted[given.code] = given.started_from
                kept = SetAside(
                    assessment=self.assessment,
                    place=given.code,
                    started_from=given.started_from,
                    by=self.by,
                )
            kept.values, kept.at = values, self.now
            kept.save()
            self.page.stale[given.code], self.page.kept[given.code] = change.response, kept
        return noted

    def _already_kept(self, given: GivenAnswer) -> SetAside | None:
        """Words this page set aside from the same beginning: what it sends later replaces them.

        Those of another page of the same person stay: they may say something else.
        """
        return SetAside.objects.filter(
            assessment=self.assessment,
            place=given.code,
            started_from=given.started_from,
            by=self.by,
            values__page=given.page,
            settled_at__isnull=True,
        ).last()

    def _settle(self, changes: list[_Change]) -> list[str]:
        """Words of the writer set aside need no more showing where they have chosen what stands.

        To save is to choose; to type on is not. The codes of those chosen for without a save.
        """
        given = {
            change.given.code: change.given for change in changes if change.response.has_waiting
        }
        saved = {code for code in self.page.saved if code in given and not given[code].is_typing}
        let_go = {code for code in given if given[code].is_settled} - set(self.page.stale)
        if saved | let_go:
            self.assessment.set_aside.filter(
                place__in=saved | let_go, by=self.by, settled_at__isnull=True
            ).update(settled_at=self.now)
        return sorted(let_go - set(self.page.saved))

    def _record(self, details: dict) -> None:
        if not details:
            return
        record(
            action=next(ACTIONS[name] for name in ACTIONS if name in details),
            subject=f"assessment {self.assessment.reference}",
            by=self.by,
            force=self.assessment.force,
            details=details,
        )


def _each(name: str, by_key: dict[int, object]):
    """One value if all are alike, otherwise each row's own."""
    if len(set(by_key.values())) == 1:
        return next(iter(by_key.values()))
    field = Response._meta.get_field(name)
    each = Case(
        *(When(pk=key, then=Value(value, field)) for key, value in by_key.items()),
        output_field=field,
    )
    return Cast(each, field) if connection.features.requires_casted_case_in_updates else each
