"""Every read about meetings of the SPR board, their packs and their actions.

Staff of the body's office see nothing of them, nor does somebody who holds no
role any more, whatever they were chosen for before.
"""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Length
from django.utils import timezone

from assessments.models import Assessment, Cycle
from reports.enums import ActionStatus, MeetingStatus
from reports.models import (
    Attendee,
    BoardAction,
    Meeting,
    MeetingPack,
    Rendition,
)
from reports.selectors import SEE_DRAFTS
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Appointment, Force, User
from spr_portal.identity.selectors import rights_of, valid_on, who_can_lead


def comes_to_meetings(user: User) -> bool:
    """Whether the person could see a meeting at all; which ones, `meetings_visible_to` says."""
    return user.force_id is not None and bool(rights_of(user).roles) and not _is_office(user)


def meetings_visible_to(user: User) -> QuerySet[Meeting]:
    """Every meeting of the force, or those the person comes to; the latest day first."""
    if not comes_to_meetings(user):
        return Meeting.objects.none()
    meetings = Meeting.objects.filter(force_id=user.force_id).select_related("force")
    if not rights_of(user).roles & SEE_DRAFTS:
        meetings = meetings.filter(attendees__person=user)
    return meetings.order_by("-held_on", "-pk")


def is_meeting_visible_to(user: User, meeting: Meeting) -> bool:
    """The same rule, for a meeting already read."""
    if not comes_to_meetings(user) or meeting.force_id != user.force_id:
        return False
    if rights_of(user).roles & SEE_DRAFTS:
        return True
    return Attendee.objects.filter(meeting=meeting, person=user).exists()


def can_come_to_meetings(user: User) -> QuerySet[User]:
    """The people of the user's own force who can be chosen for a meeting, by name.

    They hold a role today, and none at the body's office.
    """
    held = Appointment.objects.filter(valid_on(timezone.localdate()))
    return who_can_lead(user).filter(appointments__in=held).distinct()


def can_own_actions(user: User) -> QuerySet[User]:
    """The people of the user's own force who can be given an action, by name."""
    return who_can_lead(user)


def newest_assessments(force: Force) -> QuerySet[Assessment]:
    """Every assessment of the force's newest cycle, in the order of the threats; one query."""
    newest = Cycle.objects.filter(force=force).order_by("-year").values("pk")[:1]
    return (
        Assessment.objects.filter(cycle=Subquery(newest))
        .select_related("cycle", "threat")
        .order_by("threat__order")
    )


def packs_of(meeting: Meeting) -> QuerySet[MeetingPack]:
    """The packs of a meeting without what they say, newest first."""
    return meeting.packs.defer("document")


def files_of_packs(meeting: Meeting) -> list[Rendition]:
    """The files of every pack of a meeting, with how far they are; without their bytes."""
    return list(
        Rendition.objects.filter(pack__meeting=meeting)
        .defer("document", "content")
        .annotate(size=Length("content"))
    )


def meeting_before(meeting: Meeting) -> Meeting | None:
    """The force's last meeting before this one that was held."""
    return (
        Meeting.objects.filter(
            force_id=meeting.force_id, held_on__lt=meeting.held_on, status=MeetingStatus.HELD
        )
        .order_by("-held_on", "-pk")
        .first()
    )


def actions_visible_to(user: User) -> QuerySet[BoardAction]:
    """The person's own actions, and those of every meeting they can see; what is due first."""
    if user.force_id is None or _is_office(user):
        return BoardAction.objects.none()
    visible = Q(owner=user)
    if comes_to_meetings(user):
        visible |= Q(meeting__in=meetings_visible_to(user).order_by().values("pk"))
    return (
        BoardAction.objects.filter(visible, force_id=user.force_id)
        .select_related("meeting", "force")
        .order_by("due_on", "order", "pk")
    )


def is_action_visible_to(user: User, action: BoardAction) -> bool:
    """The same rule, for an action already read."""
    if user.force_id is None or action.force_id != user.force_id or _is_office(user):
        return False
    return action.owner_id == user.pk or is_meeting_visible_to(user, action.meeting)


def actions_waiting_for(user: User) -> QuerySet[BoardAction]:
    """What the board has asked the person to do and they have not reported as done; due first."""
    return actions_visible_to(user).filter(owner=user, status=ActionStatus.OPEN)


def actions_at_hand(user: User) -> QuerySet[BoardAction]:
    """What the person is to do and what they can confirm, together; one query."""
    return actions_waiting_for(user) | actions_to_confirm(user)


def actions_to_confirm(user: User) -> QuerySet[BoardAction]:
    """Actions whose owners say that they are done, for those who can confirm it."""
    if not rights_of(user).roles & {Role.ACC_SECURITY, Role.STAFF_OFFICER}:
        return BoardAction.objects.none()
    return actions_visible_to(user).filter(status=ActionStatus.REPORTED)


def open_actions_of(force: Force) -> QuerySet[BoardAction]:
    """Every action of a force that its owner has not reported as done, with its owner."""
    return BoardAction.objects.filter(force=force, status=ActionStatus.OPEN).select_related(
        "owner", "meeting", "force"
    )


def actions_due(force: Force, *, by: datetime.date) -> QuerySet[BoardAction]:
    """Open actions that are due on a day or before it."""
    return open_actions_of(force).filter(due_on__lte=by)


def _is_office(user: User) -> bool:
    """Staff of the body's office: they read what is issued and nothing else."""
    roles = rights_of(user).roles
    return Role.OPCC in roles and not roles & SEE_DRAFTS
