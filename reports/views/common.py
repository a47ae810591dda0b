"""What the pages of a paper share: finding it, changing it, handing out its files."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from assessments.presenters.differences import two_sides
from reports.enums import FileFormat
from reports.exceptions import StalePaperEdit
from reports.forms.versioned import VersionedForm
from reports.models import BoardPaper
from reports.paper_address import PaperAddress
from reports.policies import can_compose, can_edit_paper
from reports.presenters.words import noun_of, year_in_words
from reports.selectors import papers_visible_to
from reports.snapshot import Snapshot, take_snapshot
from spr_portal.identity.exceptions import DomainError, Refused

SAFE = ("GET", "HEAD")
# What a button of a form sends when it asks for the page again and not for a save.
ASKS_FOR_NO_SAVE = ("preview", "insert")
CONTENT_TYPES = {
    FileFormat.HTML: "text/html; charset=utf-8",
    FileFormat.PDF: "application/pdf",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.JSON: "application/json",
    FileFormat.TXT: "text/plain; charset=utf-8",
    "zip": "application/zip",
}


def at(address: PaperAddress) -> dict[str, str]:
    """What finds the paper of an address among a force's."""
    return {"cycle__year": address.year, "kind": address.kind}


def paper_or_404(request: HttpRequest, address: PaperAddress) -> BoardPaper:
    return get_object_or_404(papers_visible_to(request.user), **at(address))


def paper_to_edit(request: HttpRequest, address: PaperAddress) -> BoardPaper:
    """The paper, for who may write it.

    Whether it is locked by now is asked of the domain when something is sent,
    so that what was typed can be shown again.
    """
    return editable(request, paper_or_404(request, address))


def editable(request: HttpRequest, paper: BoardPaper) -> BoardPaper:
    """The same, for a paper that has been found already."""
    can_compose(request.user, paper.cycle).require()
    if request.method in SAFE:
        can_edit_paper(request.user, paper).require()
    return paper


def shown(paper: BoardPaper) -> Snapshot:
    """The paper's content for a page that only shows it."""
    return take_snapshot(paper, checking_approvals=False)


def crumbs(paper: BoardPaper, *further: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        ("My work", reverse("reports:home")),
        ("Papers", reverse("reports:papers")),
        (
            f"{noun_of(paper.kind).capitalize()} {year_in_words(paper.cycle.year)}",
            paper.get_absolute_url(),
        ),
        *further,
    ]


def _called(paper: BoardPaper) -> str:
    return f"{noun_of(paper.kind).capitalize()} {year_in_words(paper.cycle.year)}"


def edited(
    request: HttpRequest,
    *,
    form: VersionedForm,
    save: Callable[[VersionedForm], object],
    template: str,
    context: dict,
    done: str,
    to: str,
) -> HttpResponse:
    """Save a form that was sent in, or show it. Whatever goes wrong, no typed word is lost."""
    context = {**context, "form": form}
    if not form.is_valid() or any(name in request.POST for name in ASKS_FOR_NO_SAVE):
        return render(request, template, context)
    try:
        save(form)
    except StalePaperEdit as stale:
        return _compare(request, form, stale, template=template, context=context)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return render(request, template, context)
    except DomainError as refusal:
        return not_saved(request, form, refusal, back=context.get("back", ""))
    messages.success(request, done)
    return redirect(to)


def not_saved(
    request: HttpRequest, form: VersionedForm, refusal: DomainError, *, back: str = ""
) -> HttpResponse:
    """Why nothing was saved, and what was typed, to be copied."""
    context = {"reason": str(refusal), "typed": form.typed, "back": back}
    return render(request, "reports/not_saved.html", context, status=refusal.status)


def _compare(request, form, stale: StalePaperEdit, *, template: str, context: dict):
    if stale.newer is None:
        gone = DomainError("Somebody removed this while you were writing, so it was not saved.")
        return not_saved(request, form, gone, back=context.get("back", ""))
    form.go_on_from(stale.newer.version)
    context = {**context, "newer": form.described(form.initial_of(stale.newer))}
    if "text" in form.fields:
        mine, theirs = two_sides(form["text"].value() or "", stale.newer.text)
        context |= {"mine": mine, "theirs": theirs}
    return render(request, template, context, status=stale.status)


def attachment(content: bytes, *, name: str, file_format: str, sha256: str) -> HttpResponse:
    """A file to keep, never one to open within the portal."""
    response = HttpResponse(content, content_type=CONTENT_TYPES[file_format])
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Length"] = str(len(content))
    response["ETag"] = f'"{sha256}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
