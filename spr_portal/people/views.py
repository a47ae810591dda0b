"""The administrator's pages: people, their appointments, the force's settings."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spr_portal.identity.exceptions import DomainError
from spr_portal.identity.policies import (
    can_change_force,
    can_deactivate_person,
    can_end_appointment,
    can_manage_people,
)
from spr_portal.identity.selectors import appointments_of, leads_of, people_of
from spr_portal.people.domain import accounts, appointments, forces
from spr_portal.people.forms import AppointForm, EndAppointmentForm, ForceForm, PersonForm
from spr_portal.people.presenters import appointment_line, person_details, person_lines
from spr_portal.people.selectors import threat_choices


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    can_manage_people(request.user).require()
    lines = person_lines(
        people_of(request.user),
        appointments_of(request.user),
        threats=dict(threat_choices()),
        today=timezone.localdate(),
    )
    return render(request, "people/people.html", {"lines": lines})


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    can_manage_people(request.user).require()
    person = get_object_or_404(people_of(request.user), pk=pk)
    [line] = person_lines(
        [person],
        appointments_of(request.user).filter(person=person),
        threats=dict(threat_choices()),
        today=timezone.localdate(),
    )
    context = {
        "line": line,
        "details": person_details(person),
        "deactivation": can_deactivate_person(request.user, person),
        "leads": leads_of(person.force).filter(pk=person.pk).exists(),
    }
    return render(request, "people/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    can_manage_people(request.user).require()
    form = PersonForm(request.POST or None)
    if form.is_valid():
        added = _carried_out(
            form,
            lambda: accounts.add_person(
                force=request.user.force, by=request.user, **form.cleaned_data
            ),
        )
        if added:
            messages.success(
                request,
                f"{added.name} now has an account, and a link to set a password is on its way to "
                f"{added.email}. Appoint them to a role next.",
            )
            return redirect("appoint", pk=added.pk)
    return render(request, "people/add_person.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def change_person(request: HttpRequest, pk: int) -> HttpResponse:
    can_manage_people(request.user).require()
    person = get_object_or_404(people_of(request.user), pk=pk)
    initial = {"name": person.name, "post": person.post, "email": person.email}
    form = PersonForm(request.POST or None, initial=initial)
    if form.is_valid() and _carried_out(
        form,
        lambda: accounts.change_person(person=person, by=request.user, **form.cleaned_data),
    ):
        messages.success(request, "The details have been changed.")
        return redirect("person", pk=pk)
    return render(request, "people/change_person.html", {"form": form, "person": person})


@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    can_manage_people(request.user).require()
    person = get_object_or_404(people_of(request.user), pk=pk)
    form = AppointForm(
        request.POST or None,
        threats=threat_choices(),
        initial={"starts_on": timezone.localdate()},
    )
    if form.is_valid() and _carried_out(
        form, lambda: appointments.appoint(person=person, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"{person.name} has been appointed.")
        return redirect("person", pk=pk)
    return render(request, "people/appoint.html", {"form": form, "person": person})


@require_http_methods(["GET", "HEAD", "POST"])
def end_appointment(request: HttpRequest, pk: int, appointment_pk: int) -> HttpResponse:
    can_manage_people(request.user).require()
    appointment = get_object_or_404(appointments_of(request.user), pk=appointment_pk, person_id=pk)
    decision = can_end_appointment(request.user, appointment)
    form = EndAppointmentForm(request.POST or None)
    if form.is_valid() and _carried_out(
        form,
        lambda: appointments.end_appointment(
            appointment=appointment, last_day=form.cleaned_data["last_day"], by=request.user
        ),
    ):
        messages.success(request, "The appointment has been ended.")
        return redirect("person", pk=pk)
    line = appointment_line(appointment, dict(threat_choices()), timezone.localdate())
    context = {
        "form": form,
        "person": appointment.person,
        "appointment": line,
        "decision": decision,
    }
    return render(request, "people/end_appointment.html", context)


@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    can_manage_people(request.user).require()
    person = get_object_or_404(people_of(request.user), pk=pk)
    accounts.deactivate_person(person=person, by=request.user)
    messages.success(request, f"{person.name}’s account is closed. They are signed out.")
    return redirect("person", pk=pk)


@require_POST
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    can_manage_people(request.user).require()
    person = get_object_or_404(people_of(request.user), pk=pk)
    accounts.reactivate_person(person=person, by=request.user)
    messages.success(request, f"{person.name}’s account is open again.")
    return redirect("person", pk=pk)


@require_POST
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    can_manage_people(request.user).require()
    person = get_object_or_404(people_of(request.user), pk=pk)
    accounts.invite_again(person=person, by=request.user)
    messages.success(request, f"A link to set a password is on its way to {person.email}.")
    return redirect("person", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def force_settings(request: HttpRequest) -> HttpResponse:
    force = request.user.force
    can_manage_people(request.user).require()
    can_change_force(request.user, force).require()
    initial = {field: getattr(force, field) for field in forces.CHANGEABLE}
    form = ForceForm(request.POST or None, initial=initial)
    if form.is_valid() and _carried_out(
        form, lambda: forces.change_force(force=force, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "The force’s settings have been changed.")
        return redirect("force_settings")
    return render(request, "people/force.html", {"form": form})


def _carried_out(form, change: Callable[[], object]):
    """Carry a change out and return what it gives, or True; a refusal is shown in the form.

    Only here is a domain error kept from the middleware: nothing typed is lost.
    """
    try:
        return change() or True
    except DomainError as refusal:
        field = getattr(refusal, "field", "")
        form.add_error(field if field in form.fields else None, str(refusal))
        return None
