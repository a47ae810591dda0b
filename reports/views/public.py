"""What anybody may read without signing in: the public edition of a paper whose link is on.

Nobody's cookies come here (spr_portal.middleware.StrangersMiddleware), so that the same bytes go
to everybody. What is off is not found, like what was never there. See decision 39.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import conditional_page, require_safe

from reports.board_selectors import issues_read_by_strangers, link_that_is_on
from reports.document import Audience
from reports.domain.bundles import bundle_of, files_for
from reports.domain.published import whole
from reports.domain.reading import edition_as_issued
from reports.models import IssuedPaper, PublicLink
from reports.paper_address import PaperAddress
from reports.presenters.public import public_files, public_manifest_sum
from reports.presenters.words import year_in_words
from reports.renderers.html import paper_body
from reports.views.common import attachment

FRESH_FOR = 300  # seconds; what is switched off is gone after that


@dataclass(frozen=True)
class Found:
    link: PublicLink
    issued: IssuedPaper
    newest: IssuedPaper


@require_safe
@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may come to public papers alone; each says itself whether it may be listed."""
    rules = "User-agent: *\nAllow: /public/\nAllow: /static/\nDisallow: /\n"
    response = HttpResponse(rules, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={FRESH_FOR}"
    return response


@require_safe
@login_not_required
@conditional_page
def paper(
    request: HttpRequest, force_code: str, address: PaperAddress, number: int | None = None
) -> HttpResponse:
    """The public edition as a page: of the newest issue, or of an older one with a notice."""
    found = _found_or_404(force_code, address, number)
    issued = found.issued
    context = {
        "force": found.link.force,
        "issued": issued,
        "newest": found.newest,
        "is_superseded": issued != found.newest,
        "year": year_in_words(address.year),
        "files": public_files(found.link.force, issued),
        "manifest_sha256": public_manifest_sum(issued),
        "force_code": force_code,
        "address": address,
        "robots": "" if _may_be_listed(found) else "noindex",
        "body": paper_body(edition_as_issued(issued, Audience.PUBLIC)),
    }
    response = render(request, "reports/board/public.html", context)
    digest = hashlib.sha256(response.content).hexdigest()
    return _kept_for_a_while(response, found, sha256=digest)


@require_safe
@login_not_required
def file(
    request: HttpRequest, force_code: str, address: PaperAddress, number: int, file_format: str
) -> HttpResponse:
    """The stored bytes of a file of the public edition."""
    found = _found_or_404(force_code, address, number)
    files = found.issued.files.filter(audience=Audience.PUBLIC)
    stored = get_object_or_404(files.defer("content"), format=file_format)
    unchanged = get_conditional_response(request, etag=f'"{stored.sha256}"')
    if unchanged is not None:
        return _kept_for_a_while(unchanged, found, sha256=stored.sha256)
    content = whole(stored.content, sha256=stored.sha256)
    response = attachment(
        content, name=stored.name, file_format=stored.format, sha256=stored.sha256
    )
    return _kept_for_a_while(response, found, sha256=stored.sha256)


@require_safe
@login_not_required
@conditional_page
def bundle(
    request: HttpRequest, force_code: str, address: PaperAddress, number: int
) -> HttpResponse:
    """The public edition to take away whole, with the means to check it."""
    found = _found_or_404(force_code, address, number)
    issued = found.issued
    if not issued.manifest:
        raise Http404
    made = bundle_of(issued, Audience.PUBLIC, files_for(issued, Audience.PUBLIC))
    response = HttpResponse(made.content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return _kept_for_a_while(response, found, sha256=made.sha256)


def _found_or_404(force_code: str, address: PaperAddress, number: int | None) -> Found:
    link = link_that_is_on(force_code, address)
    issues = list(issues_read_by_strangers(link)) if link else []
    asked = [one for one in issues if number in (None, one.number)]
    if not asked:
        raise Http404
    return Found(link, asked[0], issues[0])


def _may_be_listed(found: Found) -> bool:
    return found.link.may_be_indexed and found.issued == found.newest


def _kept_for_a_while(response: HttpResponse, found: Found, *, sha256: str) -> HttpResponse:
    response["ETag"] = f'"{sha256}"'
    response["Cache-Control"] = f"public, max-age={FRESH_FOR}, must-revalidate"
    if not _may_be_listed(found):
        response["X-Robots-Tag"] = "noindex"
    return response
