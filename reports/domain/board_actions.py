"""Actions of the SPR board: given, reported on by their owners, confirmed or dropped."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from assessments.enums import Notice
from assessments.notices import notify, notify_all
from reports.domain.meetings import lock_meeting
from reports.domain.workflow import ACTIONS
from reports.enums import ActionStatus, ActionStep
from reports.exceptions import StalePaperEdit
from reports.meeting_selectors import can_own_actions
from reports.models import BoardAction, Meeting
from reports.policies import can_report_action, can_run_action
from spr_portal.audit.recording import record
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import User
from spr_portal.identity.selectors import people_with
from spr_portal.lists import next_order

OVER = (ActionStatus.DONE, ActionStatus.DROPPED)


def give_action(*, meeting: Meeting, values: dict, by: User) -> BoardAction:
    """Ask somebody of the force to do something by a day, and tell them.

    Asked twice, as by a double click, it is given once. Raises Refused for an
    owner who cannot be given actions.
    """
    with transaction.atomic():
        locked = lock_meeting(meeting, by=by)
        owner = _owner(values["owner"], by=by)
        the_same = locked.actions.filter(status=ActionStatus.OPEN, owner=owner)
        given = the_same.filter(text=values["text"], due_on=values["due_on"]).first()
        if given:
            return given
        action = BoardAction.objects.create(
            force=locked.force,
            meeting=locked,
            order=next_order(locked.actions.all()),
            text=values["text"],
            given_on=timezone.localdate(),
            due_on=values["due_on"],
            **_owned_by(owner),
        )
        _record(action, "action.given", by=by)
        _tell_owner(action, f"{by.name} has given you an action of the SPR board", by=by)
    return action


def change_action(*, action: BoardAction, values: dict, started_from: int, by: User) -> BoardAction:
    """Change what is to be done, by whom and when; who it concerns is told.

    Raises StalePaperEdit when somebody changed it meanwhile, and Refused for an
    owner who cannot be given actions.
    """
    with transaction.atomic():
        locked = _lock(action)
        can_run_action(by, locked).require()
        if locked.version != started_from:
            raise StalePaperEdit(locked)
        former, was_due = locked.owner, locked.due_on
        owner = former
        if values["owner"] != former.pk:
            if locked.status != ActionStatus.OPEN:
                raise Refused(
                    "Open the action again before you give it to somebody else", field="owner"
                )
            owner = _owner(values["owner"], by=by)
        for name, value in _owned_by(owner).items() if owner != former else ():
            setattr(locked, name, value)
        locked.text, locked.due_on = values["text"], values["due_on"]
        is_news = owner != former or locked.due_on != was_due
        if is_news:
            locked.given_on = timezone.localdate()
        locked.version += 1
        locked.save()
        _record(locked, "action.changed", by=by)
        if locked.status not in OVER and is_news:
            _tell_owner(locked, _news(locked, former, by=by), by=by)
            _tell_former(locked, former, by=by)
    return locked


def report_progress(*, action: BoardAction, text: str, by: User) -> BoardAction:
    """Keep in the owner's words how far it is. The same words twice running are kept once."""
    moved, _ = _report(action, ActionStep.PROGRESS, text, by=by)
    return moved


def report_done(*, action: BoardAction, text: str, by: User) -> BoardAction:
    """Say that it is done, and tell those who can confirm it."""
    with transaction.atomic():
        moved, is_news = _report(action, ActionStep.REPORT, text, by=by)
        confirming = people_with(Role.ACC_SECURITY, Role.STAFF_OFFICER, force=moved.force)
        notify_all(
            set(confirming) - {by} if is_news else (),
            notice=Notice.ACTION,
            subject="An action of the SPR board is reported as done",
            sentence=f"{by.name} reports that an action of the SPR board is done. Confirm it, or "
            "open it again.",
            path=moved.get_absolute_url(),
        )
    return moved


def confirm_action(*, action: BoardAction, by: User) -> BoardAction:
    return ACTIONS.move(action, ActionStep.CONFIRM, by=by, before_saving=_close)


def drop_action(*, action: BoardAction, reason: str, by: User) -> BoardAction:
    """End it though it is not done; its owner is told."""

    def close(locked: BoardAction) -> dict:
        locked.outcome = reason.strip()
        return _close(locked)

    with transaction.atomic():
        moved = ACTIONS.move(action, ActionStep.DROP, by=by, reason=reason, before_saving=close)
        _tell_owner(moved, f"{by.name} has dropped an action of the SPR board of yours", by=by)
    return moved


def reopen_action(*, action: BoardAction, reason: str, by: User) -> BoardAction:
    """Ask its owner to go on with it."""

    def open_again(locked: BoardAction) -> dict:
        locked.closed_at = None
        return {}

    with transaction.atomic():
        moved = ACTIONS.move(
            action, ActionStep.REOPEN, by=by, reason=reason, before_saving=open_again
        )
        _tell_owner(moved, f"{by.name} has opened an action of the SPR board again", by=by)
    return moved


def _report(
    action: BoardAction, step: ActionStep, text: str, *, by: User
) -> tuple[BoardAction, bool]:
    """The action as it then is, and whether anything was reported that was not before."""

    def keep(locked: BoardAction) -> dict:
        locked.outcome = text.strip()
        return {}

    with transaction.atomic():
        locked = _lock(action)
        can_report_action(by, locked).require()
        last = locked.status_changes.order_by("-at", "-id").first()
        if last and (last.action, last.by_id, last.reason) == (step, by.pk, text.strip()):
            return locked, False
        return ACTIONS.move(locked, step, by=by, reason=text, before_saving=keep), True


def _close(locked: BoardAction) -> dict:
    locked.closed_at = timezone.now()
    return {}


def _owner(key: int, *, by: User) -> User:
    owner = can_own_actions(by).filter(pk=key).first()
    if owner is None:
        raise Refused(
            "Select somebody of your force who has an account and is not of the local policing "
            "body’s office",
            field="owner",
        )
    return owner


def _owned_by(owner: User) -> dict:
    return {"owner": owner, "owner_name": owner.name, "owner_post": owner.post}


def _lock(action: BoardAction) -> BoardAction:
    return (
        BoardAction.objects.select_for_update(of=("self",))
        .select_related("force", "meeting", "owner")
        .get(pk=action.pk)
    )


def _news(action: BoardAction, former: User, *, by: User) -> str:
    if action.owner != former:
        return f"{by.name} has given you an action of the SPR board"
    return f"{by.name} has changed when an action of the SPR board of yours is due"


def _tell_owner(action: BoardAction, happened: str, *, by: User) -> None:
    """One sentence and the day; never what is to be done."""
    if action.owner == by:
        return
    is_over = action.status in OVER
    due = f"{action.due_on.day} {action.due_on:%B %Y}"
    notify(
        action.owner,
        notice=Notice.ACTION,
        subject="An action of the SPR board" + ("" if is_over else f": due on {due}"),
        sentence=f"{happened}." if is_over else f"{happened}. It is due on {due}.",
        path=action.get_absolute_url(),
    )


def _tell_former(action: BoardAction, former: User, *, by: User) -> None:
    """Who had it before need not do it any more."""
    if former in (action.owner, by):
        return
    notify(
        former,
        notice=Notice.ACTION,
        subject="An action of the SPR board is no longer yours",
        sentence=f"{by.name} has given an action of the SPR board that was yours to somebody "
        "else. You need do nothing more for it.",
        path=reverse("reports:actions"),
    )


def _record(action: BoardAction, what: str, *, by: User) -> None:
    record(
        action=what,
        subject=f"action {action.reference}",
        by=by,
        force=action.force,
        details={
            "meeting": action.meeting.reference,
            "owner": action.owner_name,
            "due_on": action.due_on.isoformat(),
            "text": action.text,
        },
    )
