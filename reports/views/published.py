"""What was issued: listed by year, read, searched and compared.

Staff of the local policing body's office begin here.
"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.board_policies import can_read_issued
from reports.board_selectors import (
    current_issues_visible_to,
    decisions_that_count,
    earlier_issues,
    editions_visible_to,
    places_with,
)
from reports.comparing import compare as compare_documents
from reports.document import Audience
from reports.domain.reading import edition_as_issued, is_as_taken_in
from reports.domain.searching import lay_out_missing, words_of
from reports.forms.board import CompareForm, SearchForm
from reports.models import IssuedPaper
from reports.paper_address import PaperAddress
from reports.presenters import board as presenter
from reports.presenters.words import EDITIONS, year_in_words
from reports.renderers.html import paper_body
from reports.selectors import issues_visible_to

PER_PAGE = 50


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    can_read_issued(request.user).require()
    issues = current_issues_visible_to(request.user).select_related("superseded_by")
    context = {
        "years": presenter.papers_by_year(issues, decisions_that_count(request.user.force_id)),
        "tags": presenter.DECISION_TAGS,
        "form": SearchForm(),
    }
    return render(request, "reports/published.html", context)


@require_safe
def read(request: HttpRequest, address: PaperAddress, number: int | None = None) -> HttpResponse:
    """One edition of an issue as a page, from what was stored when it was issued."""
    issued = issue_or_404(request, address, number)
    document = edition_as_issued(issued, edition_asked_for(request))
    audience = document.audience  # a paper that was taken in has one edition only
    visible = editions_visible_to(request.user) if issued.paper_id else ()
    context = {
        "issued": issued,
        "newest": issues_visible_to(request.user, address).order_by("-number").first(),
        "year": year_in_words(address.year),
        "edition": EDITIONS[audience],
        "is_public": audience is Audience.PUBLIC,
        "is_whole": is_as_taken_in(issued, document),
        "others": presenter.edition_links(request.path, audience, visible),
        "crumbs": crumbs(issued),
        "body": paper_body(document),
    }
    return render(request, "reports/board/read.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    can_read_issued(request.user).require()
    audience = edition_asked_for(request)
    form = SearchForm(request.GET if "words" in request.GET else None)
    words = words_of(form.cleaned_data["words"]) if form.is_valid() else []
    if words:
        lay_out_missing(current_issues_visible_to(request.user))
    page = Paginator(places_with(request.user, words, audience=audience), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "is_searched": bool(words),
        "page": page,
        "count": page.paginator.count,
        "papers": presenter.found_papers(page, words, audience=audience),
        "edition": EDITIONS[audience],
        "is_public": audience is Audience.PUBLIC,
        "audience": audience,
        "editions": [(one, EDITIONS[one]) for one in editions_visible_to(request.user)],
        "crumbs": crumbs(),
    }
    return render(request, "reports/board/search.html", context)


@require_safe
def compare(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    """A paper beside an earlier year's: the one before unless another is asked for."""
    audience = edition_asked_for(request)
    issued = issue_or_404(request, address, None)
    earlier = {one.year: one for one in earlier_issues(request.user, issued)}
    form = CompareForm(request.GET or None, years=list(earlier))
    asked = (form.cleaned_data.get("year") if form.is_valid() else "") or next(iter(earlier), "")
    if form.is_bound and not form.is_valid():
        raise Http404
    sections = _compared(earlier.get(asked), issued, audience)
    context = {
        "issued": issued,
        "year": year_in_words(address.year),
        "former": earlier.get(asked),
        "former_year": year_in_words(asked),
        "form": CompareForm(initial={"year": asked}, years=list(earlier)),
        "sections": presenter.shown_sections(sections),
        "counts": presenter.changes_counted(sections),
        "tags": presenter.CHANGE_TAGS,
        "edition": EDITIONS[audience],
        "audience": audience,
        "is_public": audience is Audience.PUBLIC,
        "others": presenter.edition_links(
            request.path, audience, editions_visible_to(request.user), query=f"&year={asked}"
        ),
        "crumbs": crumbs(issued),
    }
    return render(request, "reports/board/compare.html", context)


def edition_asked_for(request: HttpRequest) -> Audience:
    """The edition in the address, or the fullest the person may read; 404 for one they may not."""
    visible = editions_visible_to(request.user)
    asked = request.GET.get("edition")
    if not asked:
        return visible[0]
    if asked not in visible:
        raise Http404
    return Audience(asked)


def issue_or_404(request: HttpRequest, address: PaperAddress, number: int | None) -> IssuedPaper:
    """The issue of a number, or the one that counts now, among those the person may read."""
    which = {"superseded_by__isnull": True} if number is None else {"number": number}
    issues = issues_visible_to(request.user, address).select_related("force")
    return get_object_or_404(issues, **which)


def crumbs(issued: IssuedPaper | None = None) -> list[tuple[str, str]]:
    found = [
        ("My work", reverse("reports:home")),
        ("Published papers", reverse("reports:published")),
    ]
    if issued:
        found.append((f"{issued.title} {year_in_words(issued.year)}", issued.get_absolute_url()))
    return found


def _compared(former: IssuedPaper | None, issued: IssuedPaper, audience: Audience):
    if former is None:
        return ()
    return compare_documents(
        edition_as_issued(former, audience), edition_as_issued(issued, audience)
    )
