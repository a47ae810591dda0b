"""What becomes of a recommendation after its paper: answered, reported on, ended, carried over."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from assessments.enums import Notice
from assessments.notices import notify
from reports.domain.wording import lock_paper
from reports.domain.workflow import RECOMMENDATIONS
from reports.enums import RecommendationStep
from reports.exceptions import StalePaperEdit
from reports.meeting_selectors import can_own_actions
from reports.models import BoardPaper, Recommendation, RecommendationChange
from reports.recommendation_policies import can_run_recommendation
from reports.recommendation_selectors import UNFINISHED, locked_papers_after
from reports.selectors import recommendations_of, recommendations_reported_in
from spr_portal.audit.recording import record
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import User
from spr_portal.lists import next_order

COPIED = (
    "heading", "addressee", "verb", "text", "threat_codes", "is_cross_cutting", "is_public",
    "withheld_under", "marking", "handling", "owner", "owner_name", "due_on",
)  # fmt: skip


def take_step(
    *,
    recommendation: Recommendation,
    step: RecommendationStep,
    text: str = "",
    evidence: str = "",
    by: User,
) -> Recommendation:
    """Answer, report or end it. What is said becomes the outcome that the next paper tells.

    An outcome that the writers of a paper have put into words stays as they
    wrote it while there is only progress to report. Raises Refused while a
    paper that would tell it is locked: it was agreed with other words.
    """

    def tell(locked: Recommendation) -> dict:
        _require_no_locked_paper(locked, step)
        if text.strip() and not (step == RecommendationStep.PROGRESS and _is_worded(locked)):
            locked.outcome = text.strip()
        if evidence.strip():
            locked.outcome_evidence = evidence.strip()
        if step == RecommendationStep.REOPEN:
            locked.outcome, locked.outcome_on = "", None
        elif RECOMMENDATIONS.transitions[step].target not in UNFINISHED:
            locked.outcome_on = timezone.localdate()
        locked.version += 1
        return {"outcome": locked.outcome}

    with transaction.atomic():
        locked = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
        if _is_said_again(locked, step, text, by=by):
            return locked
        moved = RECOMMENDATIONS.move(locked, step, by=by, reason=text, before_saving=tell)
        _tell_owner(moved, f"{by.name} has recorded something about it", by=by)
    return moved


def assign(
    *,
    recommendation: Recommendation,
    owner: int | None,
    due_on: datetime.date | None,
    started_from: int,
    by: User,
) -> Recommendation:
    """Say who sees to it and by when; the owner is told.

    Raises StalePaperEdit when somebody changed it meanwhile, and Refused for
    who cannot be given work of the force.
    """
    with transaction.atomic():
        rows = Recommendation.objects.select_for_update(of=("self",)).select_related("force")
        locked = rows.get(pk=recommendation.pk)
        can_run_recommendation(by, locked).require()
        if locked.version != started_from:
            raise StalePaperEdit(locked)
        person = owner_of(owner, former=locked.owner_id, by=by)
        is_news = person is not None and (person.pk, due_on) != (locked.owner_id, locked.due_on)
        locked.owner, locked.owner_name = person, person.name if person else ""
        locked.due_on = due_on
        locked.version += 1
        locked.save()
        _record(locked, "recommendation.assigned", by=by, owner=locked.owner_name)
        if is_news:
            _tell_owner(locked, f"{by.name} has given it to you to see to", by=by)
    return locked


def carry_over(*, paper: BoardPaper, identity: str, by: User) -> Recommendation:
    """Make an unfinished recommendation of the paper before again, under the same identity.

    Done twice it is made once. Raises Refused for one that is finished.
    """
    with transaction.atomic():
        lock_paper(paper, by=by)
        cycle = paper.cycle
        former = recommendations_reported_in(cycle).get(identity=identity)
        again = recommendations_of(cycle).filter(identity=identity).first()
        if again and former.carried_to:
            return again
        if former.status not in UNFINISHED:
            raise Refused("It is finished, so there is nothing to carry over. Nothing was changed.")
        again = _made_again(former, paper) if again is None else again
        again.first_made_in = former.made_in
        again.save(update_fields=["first_made_in"])
        former.carried_to = cycle.year
        former.save(update_fields=["carried_to"])
        keep_change(former, RecommendationStep.CARRY, was=former.status, reason="", by=by)
        _record(former, "recommendation.carried_over", by=by, to=cycle.year)
    return again


def _made_again(former: Recommendation, paper: BoardPaper) -> Recommendation:
    return Recommendation.objects.create(
        force_id=former.force_id,
        year=paper.cycle.year,
        identity=former.identity,
        order=next_order(recommendations_of(paper.cycle)),
        **{name: getattr(former, name) for name in COPIED},
    )


def owner_of(key: int | None, *, former: int | None, by: User) -> User | None:
    """The person of a key; who owned it before may have left since. Raises Refused."""
    if not key:
        return None
    person = can_own_actions(by).filter(pk=key).first()
    if person is None and key == former:
        person = User.objects.get(pk=key)
    if person is None:
        raise Refused(
            "Select somebody of your force who has an account and is not of the local policing "
            "body’s office",
            field="owner",
        )
    return person


def keep_change(
    recommendation: Recommendation, step: RecommendationStep, *, was: str, reason: str, by: User
) -> None:
    """Keep in its history what was said or done in a paper that tells of it."""
    RecommendationChange.objects.create(
        subject=recommendation,
        action=step,
        from_status=was,
        to_status=recommendation.status,
        by=by,
        by_name=by.name,
        by_post=by.post,
        at=timezone.now(),
        reason=reason,
    )


def _is_said_again(
    recommendation: Recommendation, step: RecommendationStep, text: str, *, by: User
) -> bool:
    """The same words twice running, as by a double click, are kept once."""
    last = recommendation.status_changes.order_by("-at", "-id").first()
    return bool(last and (last.action, last.by_id, last.reason) == (step, by.pk, text.strip()))


def _is_worded(recommendation: Recommendation) -> bool:
    """Whether the writers of a paper were the last to say what became of it."""
    if not recommendation.outcome:
        return False
    telling = recommendation.status_changes.exclude(
        action__in=[RecommendationStep.PROGRESS, RecommendationStep.CARRY]
    )
    last = telling.order_by("-at", "-id").first()
    return bool(last and last.action == RecommendationStep.OUTCOME)


def _require_no_locked_paper(locked: Recommendation, step: RecommendationStep) -> None:
    is_printed = locked.status != RECOMMENDATIONS.transitions[step].target or not _is_worded(locked)
    papers = locked_papers_after(locked).select_for_update(of=("self",)).select_related("cycle")
    paper = papers.first()
    if is_printed and paper:
        raise Refused(
            f"The paper of {paper.cycle.year_in_words} tells what became of this recommendation, "
            "and it is being agreed with the words it has now. Nothing was changed. Report this "
            "once that paper is issued, or ask ACC Security to take it back."
        )


def _tell_owner(recommendation: Recommendation, happened: str, *, by: User) -> None:
    """One sentence and the day; never what it says."""
    owner = recommendation.owner
    if owner is None or owner == by:
        return
    due = recommendation.due_on
    by_when = f" It is due on {due.day} {due:%B %Y}." if due else ""
    notify(
        owner,
        notice=Notice.ACTION,
        subject="A recommendation of the board paper that you see to",
        sentence=f"A recommendation of the board paper is yours to see to: {happened}.{by_when}",
        path=recommendation.get_absolute_url(),
    )


def _record(recommendation: Recommendation, action: str, *, by: User, **details) -> None:
    record(
        action=action,
        subject=f"recommendation {recommendation.reference}",
        by=by,
        force=recommendation.force,
        details=details,
    )
