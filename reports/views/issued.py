"""One issue of a paper: what it holds, how it came about, its files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.board_selectors import earlier_issues
from reports.document import Audience
from reports.domain.bundles import bundle_of, files_for, take_bundle
from reports.domain.published import record_download
from reports.paper_address import PaperAddress
from reports.presenters.files import agreement_of, bundle_lines, editions_of, issue_lines
from reports.presenters.words import year_in_words
from reports.selectors import SEE_DRAFTS, issued_files_visible_to, issues_visible_to
from reports.views.common import attachment
from spr_portal.identity.policies import has_role


@require_safe
def issued(request: HttpRequest, address: PaperAddress, number: int | None = None) -> HttpResponse:
    """The issue of a number, or the one that counts now."""
    issues = list(issues_visible_to(request.user, address).order_by("-number"))
    issued = get_object_or_404(issues_visible_to(request.user, address), **_which(number))
    sees_drafts = has_role(request.user, *SEE_DRAFTS)
    files = issued_files_visible_to(request.user).filter(issued=issued).defer("content")
    context = {
        "issued": issued,
        "year": year_in_words(address.year),
        "crumbs": [
            ("My work", reverse("reports:home")),
            ("Published papers", reverse("reports:published")),
        ],
        "issues": issue_lines(issues),
        "newest": issues[0],
        "editions": editions_of(issued, files),
        "bundles": bundle_lines(issued, list(files)),
        "agreed": agreement_of(issued),
        "sees_drafts": sees_drafts,
        "has_earlier": earlier_issues(request.user, issued).exists(),
    }
    return render(request, "reports/issued.html", context)


@require_safe
def download(
    request: HttpRequest,
    address: PaperAddress,
    audience: str,
    file_format: str,
    number: int | None = None,
) -> HttpResponse:
    """The stored bytes of a file. Asking for its headers alone is no download."""
    files = issued_files_visible_to(request.user).select_related("issued__force")
    file = get_object_or_404(
        files.filter(issued__year=address.year, issued__kind=address.kind),
        **{f"issued__{name}": value for name, value in _which(number).items()},
        audience=audience,
        format=file_format,
    )
    if request.method == "HEAD":
        content = bytes(file.content)
    else:
        content = record_download(file=file, by=request.user)
    return attachment(content, name=file.name, file_format=file.format, sha256=file.sha256)


@require_safe
def bundle(
    request: HttpRequest, address: PaperAddress, audience: str, number: int | None = None
) -> HttpResponse:
    """An edition with its manifest, as a ZIP to keep."""
    issues = issues_visible_to(request.user, address).select_related("force")
    issued = get_object_or_404(issues, **_which(number))
    may = (*Audience,) if has_role(request.user, *SEE_DRAFTS) else (Audience.PUBLIC,)
    if audience not in may:
        raise Http404("No such edition.")
    edition = Audience(audience)
    if request.method == "HEAD":
        made = bundle_of(issued, edition, files_for(issued, edition))
    else:
        made = take_bundle(issued=issued, audience=edition, by=request.user)
    return attachment(made.content, name=made.name, file_format="zip", sha256=made.sha256)


def _which(number: int | None) -> dict:
    return {"superseded_by__isnull": True} if number is None else {"number": number}
