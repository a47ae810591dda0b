"""The page everybody comes to first: what waits for them."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.presenters.statuses import STATUS_TAGS
from assessments.selectors import assessments_visible_to, cycles_visible_to
from reports.presenters.home import assessment_lines, cycle_line, paper_lines
from reports.presenters.words import PAPER_TAGS
from reports.selectors import SEE_DRAFTS, papers_visible_to
from spr_portal.identity.enums import THREAT_ROLES, Role
from spr_portal.identity.models import User
from spr_portal.identity.selectors import people_with, rights_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    roles = rights_of(request.user).roles
    if not roles:
        return render(request, "reports/no_appointment.html", _whom_to_ask(request.user))
    if roles == {Role.OPCC}:
        return redirect("reports:published")
    context = {"assessment_tags": STATUS_TAGS, "paper_tags": PAPER_TAGS, "roles": roles}
    if roles & THREAT_ROLES:
        context |= _own_threats(request.user)
    if roles & SEE_DRAFTS:
        context |= _whole_force(request.user)
    context["sees_published"] = Role.OPCC in roles
    context["runs_people"] = Role.ADMINISTRATOR in roles
    return render(request, "reports/home.html", context)


def _own_threats(user: User) -> dict:
    rights = rights_of(user)
    codes = rights.threats_as(Role.FORCE_LEAD) | rights.threats_as(Role.CONTRIBUTOR)
    assessments = assessments_visible_to(user).filter(threat__code__in=codes)
    lines = assessment_lines(assessments, today=timezone.localdate())
    return {"is_lead": True, "assessments": lines}


def _whole_force(user: User) -> dict:
    cycle = cycles_visible_to(user).first()
    counts: dict[str, int] = {}
    if cycle:
        statuses = cycle.assessments.order_by().values_list("status")
        counts = dict(statuses.annotate(number=Count("pk")))
    return {
        "sees_all": True,
        "writes": bool(rights_of(user).roles & {Role.ACC_SECURITY, Role.STAFF_OFFICER}),
        "cycle": cycle_line(cycle, counts, today=timezone.localdate()) if cycle else None,
        "papers": paper_lines(papers_visible_to(user)[:5], rights_of(user).roles),
    }


def _whom_to_ask(user: User) -> dict:
    if user.force is None:
        return {"administrators": []}
    return {"administrators": people_with(Role.ADMINISTRATOR, force=user.force)}
