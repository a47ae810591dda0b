"""Who acts for a force lead, and between which days."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.domain.acting import end_acting, name_acting
from assessments.forms.contributors import ActingForm
from assessments.presenters.people import acting_lines
from assessments.selectors import acting_for
from spr_portal.identity.exceptions import Refused
from spr_portal.identity.models import User
from spr_portal.identity.policies import can_arrange_acting
from spr_portal.identity.selectors import leads_of, people_of, who_can_lead
from spr_portal.people.forms import EndAppointmentForm
from spr_portal.people.selectors import threat_choices


@require_http_methods(["GET", "HEAD", "POST"])
def acting(request: HttpRequest, pk: int) -> HttpResponse:
    lead = _lead(request, pk)
    people = who_can_lead(request.user).exclude(pk=lead.pk)
    form = ActingForm(
        request.POST or None, people=people, initial={"starts_on": timezone.localdate()}
    )
    if form.is_valid():
        try:
            name_acting(lead=lead, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            person = form.cleaned_data["person"]
            messages.success(request, f"{person.name} acts for {lead.name}, and is told by email.")
            return redirect("assessments:acting", pk)
    return _page(request, lead, form)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    lead = _lead(request, pk)
    person = get_object_or_404(people_of(request.user), pk=person_pk)
    lines = acting_lines(acting_for(lead).filter(person=person), dict(threat_choices()))
    form = EndAppointmentForm(request.POST or None)
    if form.is_valid():
        try:
            end_acting(
                lead=lead, person=person, last_day=form.cleaned_data["last_day"], by=request.user
            )
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, f"The days on which {person.name} acts are changed.")
            return redirect("assessments:acting", pk)
    if request.method != "POST" and not lines:
        return redirect("assessments:acting", pk)
    context = {"lead": lead, "person": person, "lines": lines, "form": form}
    return render(request, "assessments/end_acting.html", context)


def _lead(request: HttpRequest, pk: int) -> User:
    lead = get_object_or_404(people_of(request.user), pk=pk)
    can_arrange_acting(request.user, lead).require()
    return lead


def _page(request: HttpRequest, lead: User, form: ActingForm) -> HttpResponse:
    context = {
        "lead": lead,
        "is_self": lead == request.user,
        "leads": leads_of(lead.force).filter(pk=lead.pk).exists(),
        "lines": acting_lines(acting_for(lead), dict(threat_choices())),
        "form": form,
    }
    return render(request, "assessments/acting.html", context)
