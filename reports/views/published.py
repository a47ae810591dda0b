"""What was issued: the only pages that staff of the local policing body's office see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.document import Audience
from reports.domain.published import record_download
from reports.paper_address import PaperAddress
from reports.presenters.files import agreement_of, issued_entries
from reports.presenters.words import EDITIONS, year_in_words
from reports.selectors import SEE_DRAFTS, issued_files_visible_to, issued_papers_visible_to
from reports.views.common import attachment
from spr_portal.identity.enums import Role
from spr_portal.identity.policies import deny, has_role


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    if not has_role(request.user, Role.OPCC, *SEE_DRAFTS):
        deny("Only staff of the local policing body’s office and those who write, agree and "
             "issue papers see them here.").require()  # fmt: skip
    papers = [
        (issued, year_in_words(issued.year)) for issued in issued_papers_visible_to(request.user)
    ]
    return render(request, "reports/published.html", {"papers": papers})


@require_safe
def issued(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    issued = get_object_or_404(
        issued_papers_visible_to(request.user),
        year=address.year,
        kind=address.kind,
        superseded_by__isnull=True,
    )
    sees_drafts = has_role(request.user, *SEE_DRAFTS)
    files = issued_files_visible_to(request.user).filter(issued=issued).defer("content")
    by_edition: dict[str, list] = {}
    for file in files:
        by_edition.setdefault(EDITIONS[Audience(file.audience)], []).append(file)
    context = {
        "issued": issued,
        "year": year_in_words(address.year),
        "crumbs": [
            ("My work", reverse("reports:home")),
            ("Published papers", reverse("reports:published")),
        ],
        "editions": [
            (edition, issued_entries(issued, by_edition[edition]))
            for edition in EDITIONS.values()
            if edition in by_edition
        ],
        "agreed": agreement_of(issued),
        "sees_drafts": sees_drafts,
    }
    return render(request, "reports/issued.html", context)


@require_safe
def download(
    request: HttpRequest, address: PaperAddress, audience: str, file_format: str
) -> HttpResponse:
    """The stored bytes of a file. Asking for its headers alone is no download."""
    file = get_object_or_404(
        issued_files_visible_to(request.user).select_related("issued__force"),
        issued__year=address.year,
        issued__kind=address.kind,
        issued__superseded_by__isnull=True,
        audience=audience,
        format=file_format,
    )
    if request.method == "HEAD":
        return attachment(
            bytes(file.content), name=file.name, file_format=file.format, sha256=file.sha256
        )
    content = record_download(file=file, by=request.user)
    return attachment(content, name=file.name, file_format=file.format, sha256=file.sha256)
