"""Which e-mails a person gets."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.domain.mail_choices import choose_mail, mail_choices
from assessments.forms.mail_choices import MailChoicesForm
from assessments.policies import can_choose_mail
from assessments.selectors import notices_for


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    can_choose_mail(request.user).require()
    notices = notices_for(request.user)
    chosen = {str(notice): str(timing) for notice, timing in mail_choices(request.user).items()}
    form = MailChoicesForm(request.POST or None, initial=chosen, notices=notices)
    if form.is_valid():
        choose_mail(choices=form.choices, by=request.user)
        messages.success(request, "Your choice of e-mails is saved.")
        return redirect("assessments:mail_choices")
    return render(request, "assessments/mail_choices.html", {"form": form})
