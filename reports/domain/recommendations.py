"""The recommendations of a paper, and what became of last year's."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from django.db import transaction

from assessments.models import Assessment
from reports.domain.following_up import keep_change, owner_of
from reports.domain.kept_words import as_kept
from reports.domain.wording import lock_paper
from reports.enums import RecommendationStatus, RecommendationStep
from reports.exceptions import StalePaperEdit
from reports.models import BoardPaper, Recommendation
from reports.selectors import recommendations_of, recommendations_reported_in
from spr_portal.audit.recording import record
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import User
from spr_portal.lists import change_row, move_row, next_order
from threats.models import Place
from threats.selectors import threat_labels

FIELDS = (
    "heading", "addressee", "text", "threat_codes", "is_cross_cutting", "is_public",
    "withheld_under", "marking", "handling", "due_on",
)  # fmt: skip


def take_up_proposals(
    *, paper: BoardPaper, assessments: Iterable[Assessment], by: User
) -> list[Recommendation]:
    """Take up what leads proposed and the paper has not taken up before.

    They stand before the recommendations that were there, in the edition's
    order for recommendations, cleared or withheld as their leads proposed them.
    """
    cycle = paper.cycle
    with transaction.atomic():
        lock_paper(paper, by=by)
        rows = recommendations_of(cycle)
        known = set(rows.values_list("proposed_in", flat=True))
        by_code = {assessment.threat.code: assessment for assessment in assessments}
        taken_up = []
        for named in threat_labels(cycle.edition, Place.RECOMMENDATION):
            assessment = by_code.get(named.threat.code)
            for proposal in assessment.recommendations.all() if assessment else ():
                origin = f"{assessment.reference}/{proposal.identity}"
                if origin in known:
                    continue
                taken_up.append(
                    Recommendation(
                        force=cycle.force,
                        year=cycle.year,
                        identity=f"{named.threat.code[:40]}-{proposal.identity}",
                        heading=named.label,
                        addressee=proposal.addressee,
                        text=proposal.text,
                        verb=verb_of(proposal.text),
                        threat_codes=[named.threat.code],
                        proposed_in=origin,
                        is_public=proposal.is_public,
                        withheld_under=proposal.withheld_under,
                        marking=proposal.marking,
                        handling=proposal.handling,
                    )
                )
        _put_first(rows, taken_up)
        if taken_up:
            _record(paper, "recommendations.taken_up", by=by, count=len(taken_up))
    return taken_up


def add_recommendation(*, paper: BoardPaper, values: dict, by: User) -> Recommendation:
    """Put a recommendation at the end of the paper's list."""
    with transaction.atomic():
        lock_paper(paper, by=by)
        recommendation = Recommendation.objects.create(
            force=paper.force,
            year=paper.cycle.year,
            order=next_order(recommendations_of(paper.cycle)),
            **_known(values),
            **_owned(values, former=None, by=by),
        )
        _record(paper, "recommendation.added", by=by, identity=recommendation.identity)
    return recommendation


def change_recommendation(
    *, paper: BoardPaper, identity: str, values: dict, started_from: int, by: User
) -> Recommendation:
    """Change one; raises StalePaperEdit when somebody did meanwhile."""
    with transaction.atomic():
        lock_paper(paper, by=by)
        rows = recommendations_of(paper.cycle)
        former = rows.filter(identity=identity).values_list("owner", flat=True).first()
        recommendation, changed = change_row(
            rows,
            identity=identity,
            started_from=started_from,
            values=_known(values) | _owned(values, former=former, by=by),
        )
        if not changed:
            raise StalePaperEdit(recommendation)
        _record(paper, "recommendation.changed", by=by, identity=identity)
    return recommendation


def remove_recommendation(*, paper: BoardPaper, identity: str, by: User) -> None:
    """Take one out; those after it move up a number. Its words are kept in the audit trail.

    One that was carried over is then open in the paper before as it was. Raises
    Refused for one whose paper was issued once and on which people have reported since.
    """
    with transaction.atomic():
        lock_paper(paper, by=by)
        row = recommendations_of(paper.cycle).filter(identity=identity).first()
        if row is None:
            return
        if row.status_changes.exists():
            raise Refused(
                "People have answered it or reported on it since it was issued, so it is not "
                "removed. Record it as superseded in the register of recommendations instead."
            )
        row.delete()
        recommendations_reported_in(paper.cycle).filter(identity=identity).update(carried_to="")
        words = {name: as_kept(getattr(row, name)) for name in FIELDS}
        _record(paper, "recommendation.removed", by=by, identity=identity, **words)


def move_recommendation(*, paper: BoardPaper, identity: str, up: bool, by: User) -> None:
    with transaction.atomic():
        lock_paper(paper, by=by)
        if move_row(recommendations_of(paper.cycle), identity=identity, up=up):
            _record(paper, "recommendation.moved", by=by, identity=identity)


def add_earlier_recommendation(*, paper: BoardPaper, year: str, values: dict, by: User):
    """Enter a recommendation of a paper that was made before the portal was used.

    Raises Refused for a year that is not before the paper's, and for one whose
    paper stands in the portal: that paper says what it recommended.
    """
    with transaction.atomic():
        lock_paper(paper, by=by)
        if year >= paper.cycle.year:
            raise Refused(f"The year must be before {paper.cycle.year}", field="year")
        if BoardPaper.objects.filter(cycle__force=paper.force, cycle__year=year).exists():
            raise Refused(
                f"The paper of {year} is in the portal, so nothing can be added to what it "
                "recommended",
                field="year",
            )
        rows = Recommendation.objects.filter(force=paper.force, year=year)
        recommendation = Recommendation.objects.create(
            force=paper.force, year=year, order=next_order(rows), **_known(values)
        )
        _record(paper, "recommendation.entered", by=by, identity=recommendation.identity, year=year)
    return recommendation


def report_outcome(
    *,
    paper: BoardPaper,
    identity: str,
    status: RecommendationStatus,
    outcome: str,
    outcome_on: datetime.date | None,
    outcome_evidence: str = "",
    started_from: int,
    by: User,
) -> Recommendation:
    """Say in this year's paper what became of one of last year's recommendations."""
    with transaction.atomic():
        lock_paper(paper, by=by)
        rows = recommendations_reported_in(paper.cycle)
        was = rows.filter(identity=identity).values_list("status", flat=True).first()
        recommendation, changed = change_row(
            rows,
            identity=identity,
            started_from=started_from,
            values={
                "status": status,
                "outcome": outcome,
                "outcome_evidence": outcome_evidence,
                "outcome_on": outcome_on,
            },
        )
        if not changed:
            raise StalePaperEdit(recommendation)
        keep_change(
            recommendation, RecommendationStep.OUTCOME, was=was, reason=outcome.strip(), by=by
        )
        _record(
            paper, "recommendation.outcome_reported", by=by, identity=identity, status=str(status)
        )
    return recommendation


def _put_first(rows, new: list[Recommendation]) -> None:
    for order, row in enumerate([*new, *rows], start=1):
        if row.pk is None:
            row.order = order
            row.save()
        elif row.order != order:
            Recommendation.objects.filter(pk=row.pk).update(order=order)


def _known(values: dict) -> dict:
    known = {name: values[name] for name in FIELDS if name in values}
    if "text" in known:
        known["verb"] = verb_of(known["text"])
    return known


def verb_of(text: str) -> str:
    """What is asked, in one word: "note" of "to note this report"; empty where none is plain."""
    found = re.match(r"\s*(?:to|should|must|is to|are to)\s+(?:have\s+)?(\w+)", text, re.IGNORECASE)
    return found.group(1).lower()[:60] if found else ""


def _owned(values: dict, *, former: int | None, by: User) -> dict:
    """Who sees to it, by value too; nothing where the form does not say."""
    if "owner" not in values:
        return {}
    owner = owner_of(values["owner"], former=former, by=by)
    return {"owner": owner, "owner_name": owner.name if owner else ""}


def _record(paper: BoardPaper, action: str, *, by: User, **details) -> None:
    record(
        action=action,
        subject=f"paper {paper.reference}",
        by=by,
        force=paper.force,
        details=details,
    )
