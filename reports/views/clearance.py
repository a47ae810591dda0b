"""What the public may read of a paper: every part with its marking and its clearance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.document import Audience
from reports.domain.documents import document_as_issued, full_edition
from reports.enums import PaperStatus
from reports.paper_address import PaperAddress
from reports.policies import can_edit_paper
from reports.presenters.clearance import (
    Shown,
    choices,
    clearance_lines,
    counted_by_reason,
    only,
)
from reports.views.common import crumbs, paper_or_404, shown


@require_safe
def clearance(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    paper = paper_or_404(request, address)
    if paper.status == PaperStatus.ISSUED:
        document = document_as_issued(paper.issued, Audience.FULL)
    else:
        document = full_edition(paper, shown(paper))
    editing = can_edit_paper(request.user, paper)
    lines = clearance_lines(paper, document, is_open=bool(editing))
    asked = request.GET.get("show", "")
    wanted = Shown(asked) if asked in list(Shown) else Shown.ALL
    context = {
        "paper": paper,
        "crumbs": crumbs(paper),
        "marking": document.marking,
        "editing": editing,
        "choices": choices(lines, wanted),
        "reasons": counted_by_reason(lines),
        "lines": only(lines, wanted),
    }
    return render(request, "reports/clearance.html", context)
