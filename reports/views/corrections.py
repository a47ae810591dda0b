"""What a correction says it changes. Beginning it and giving it up are steps of the paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from reports.domain.corrections import change_correction
from reports.forms.paper import CorrectionForm
from reports.paper_address import PaperAddress
from reports.policies import can_change_correction
from reports.views.common import SAFE, crumbs, edited, paper_to_edit


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    paper = paper_to_edit(request, address)
    if request.method in SAFE:
        can_change_correction(request.user, paper).require()
    return edited(
        request,
        form=CorrectionForm(request.POST or None, initial=CorrectionForm.initial_of(paper)),
        save=lambda form: change_correction(
            paper=paper, text=form.values["text"], started_from=form.started_from, by=request.user
        ),
        template="reports/correction.html",
        context={"crumbs": crumbs(paper), "paper": paper},
        done="What the correction changes is saved.",
        to=paper.get_absolute_url(),
    )
