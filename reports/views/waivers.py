"""Letting a paper pass with what a check found, and every waiver that was ever given."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.builder import build_paper
from reports.checks import findings_of
from reports.domain.waivers import end_waiver, finding_of, waive_finding
from reports.forms.paper import WaiverForm
from reports.paper_address import PaperAddress
from reports.policies import can_waive
from reports.presenters.findings import waiver_lines
from reports.views.common import crumbs, not_saved, paper_or_404, shown
from spr_portal.identity.exceptions import DomainError


@require_safe
def waivers(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    paper = paper_or_404(request, address)
    snapshot = shown(paper)
    findings = findings_of(snapshot, build_paper(snapshot, is_draft=True))
    context = {
        "paper": paper,
        "crumbs": crumbs(paper),
        "waivers": waiver_lines(paper.waivers.order_by("-at", "-pk"), findings),
        "may_waive": can_waive(request.user, paper),
    }
    return render(request, "reports/waivers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def waive(request: HttpRequest, address: PaperAddress, key: str) -> HttpResponse:
    paper = paper_or_404(request, address)
    can_waive(request.user, paper).require()
    form = WaiverForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            waive_finding(paper=paper, key=key, reason=reason, by=request.user)
        except DomainError as refusal:
            return not_saved(request, form, refusal, back=paper.get_absolute_url())
        messages.success(request, "The paper may go on with this. Your reason stays on record.")
        return redirect(f"{paper.get_absolute_url()}#findings")
    finding = finding_of(paper, key)
    if finding is None or not finding.can_be_waived:
        raise Http404("The checks find nothing under this address that could be let pass.")
    context = {"paper": paper, "crumbs": crumbs(paper), "finding": finding, "form": form}
    return render(request, "reports/waive.html", context)


@require_POST
def end(request: HttpRequest, address: PaperAddress, key: int) -> HttpResponse:
    paper = paper_or_404(request, address)
    end_waiver(paper=paper, key=key, by=request.user)
    messages.success(request, "The waiver is ended. What the check finds counts again.")
    return redirect("reports:waivers", address)
