"""The page everybody comes to first: what waits for them."""

from __future__ import annotations

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.models import Assessment
from assessments.presenters.statuses import STATUS_TAGS
from assessments.selectors import cycles_visible_to, named_for
from assessments.workload import acting_today, open_threads, progress_of, work_of, writes
from reports.board_selectors import follow_up_at_hand
from reports.meeting_selectors import actions_at_hand
from reports.policies import WRITERS
from reports.presenters import my_work
from reports.presenters.home import assessment_lines, cycle_line, paper_lines
from reports.presenters.words import PAPER_TAGS
from reports.recommendation_selectors import recommendations_at_hand
from reports.selectors import SEE_DRAFTS, papers_visible_to
from spr_portal.identity.enums import Role
from spr_portal.identity.models import User
from spr_portal.identity.selectors import people_with, rights_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    roles = rights_of(user).roles
    actions, followed = list(actions_at_hand(user)), list(recommendations_at_hand(user))
    if not (roles or actions or followed or named_for(user)):
        return render(request, "reports/no_appointment.html", _whom_to_ask(user))
    if roles == {Role.OPCC}:
        return redirect("reports:published")
    assessments = list(work_of(user))
    papers = list(papers_visible_to(user)[:5])
    context = {
        "assessment_tags": STATUS_TAGS,
        "paper_tags": PAPER_TAGS,
        "sees_published": Role.OPCC in roles,
        "runs_people": Role.ADMINISTRATOR in roles,
        **_waiting(user, assessments, papers, actions, followed, today=today),
    }
    if roles & SEE_DRAFTS:
        context |= _whole_force(user, assessments, papers, today=today)
    return render(request, "reports/home.html", context)


def _waiting(
    user: User, assessments: list[Assessment], papers, actions, followed, *, today: datetime.date
) -> dict:
    roles = rights_of(user).roles
    threads = open_threads(assessments)
    written = [one for one in assessments if writes(user, one)]
    progress = progress_of(user, written) if written else {}
    waiting = my_work.for_writer(user, written, progress, threads, today=today)
    if roles & set(WRITERS):
        waiting += my_work.for_reviewer(user, assessments, threads, today=today)
    waiting += my_work.papers_waiting(papers, roles, today=today)
    waiting += my_work.actions_waiting(actions, user, today=today)
    waiting += my_work.recommendations_waiting(followed, user, today=today)
    waiting += my_work.follow_ups_waiting(follow_up_at_hand(user), today=today)
    shown = {one.href for one in waiting}
    rest = [one for one in written if one.get_absolute_url() not in shown]
    labels = {one.threat.code: one.threat.label for one in assessments}
    acting = acting_today(user) if Role.FORCE_LEAD in roles else []
    return {
        "waiting": my_work.in_order(waiting),
        "acting": my_work.acting_lines(acting, user, labels),
        "assessments": assessment_lines(rest, today=today),
        "is_waited_for": bool(roles - {Role.ADMINISTRATOR, Role.OPCC}) or bool(written),
    }


def _whole_force(user: User, assessments: list[Assessment], papers, *, today) -> dict:
    """The newest year that is still open; where none is, the newest of all."""
    cycle = assessments[0].cycle if assessments else cycles_visible_to(user).first()
    of_cycle = [one for one in assessments if one.cycle_id == cycle.pk] if cycle else []
    return {
        "sees_all": True,
        "may_open": bool(rights_of(user).roles & set(WRITERS)),
        "cycle": cycle_line(cycle, of_cycle, today=today) if cycle else None,
        "papers": paper_lines(papers),
    }


def _whom_to_ask(user: User) -> dict:
    if user.force is None:
        return {"administrators": []}
    return {"administrators": people_with(Role.ADMINISTRATOR, force=user.force)}
