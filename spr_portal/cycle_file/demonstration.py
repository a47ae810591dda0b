"""Loading the demonstration: both of its years, its issued paper, its meetings, and passwords."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from reports.document import from_json
from reports.domain.agenda import make_agenda
from reports.domain.papers import issue_paper, make_final_files
from reports.enums import MeetingStatus, RenditionStatus
from reports.models import BoardPaper, Meeting, Rendition
from spr_portal.cycle_file.loading import load_cycle
from spr_portal.cycle_file.papers import render
from spr_portal.demonstration import FILES, FORCE_CODE, ISSUED_YEAR
from spr_portal.identity.demonstration import DEMONSTRATION_PASSWORD
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Force, User


def load_demonstration() -> bool:
    """Whether anything was loaded: all of it, or nothing when its force is there already."""
    if Force.objects.filter(code=FORCE_CODE).exists():
        return False
    with transaction.atomic():
        for file in FILES:
            load_cycle(file)
        # One hash for all: it is no secret, and each takes a third of a second to make.
        people = User.objects.filter(force__code=FORCE_CODE, is_active=True)
        people.update(password=make_password(DEMONSTRATION_PASSWORD))
        _issue(BoardPaper.objects.get(cycle__force__code=FORCE_CODE, cycle__year=ISSUED_YEAR))
        _prepare(Meeting.objects.get(force__code=FORCE_CODE, status=MeetingStatus.PLANNED))
    return True


def _prepare(meeting: Meeting) -> None:
    """Make the agenda of the meeting to come, as the staff officer would a week before."""
    by = User.objects.get(force=meeting.force, appointments__role=Role.STAFF_OFFICER)
    make_agenda(meeting=meeting, today=meeting.held_on - timedelta(weeks=1), by=by)


def _issue(paper: BoardPaper) -> None:
    """As ACC Security would, but without waiting for a worker.

    The files are made in this process: starting one for each, as the worker
    does to be safe from odd papers, would take three times as long.
    """
    by = User.objects.get(force__code=FORCE_CODE, appointments__role=Role.ACC_SECURITY)
    for rendition in make_final_files(paper=paper, by=by):
        content = render(from_json(rendition.document), rendition.format)
        Rendition.objects.filter(pk=rendition.pk).update(
            status=RenditionStatus.MADE,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            made_at=timezone.now(),
        )
    issue_paper(paper=paper, by=by)
