"""The packs of a meeting: previewed, made, downloaded."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from reports.domain.packs import (
    document_of_meeting,
    is_current,
    make_pack,
    record_pack_download,
)
from reports.domain.renditions import ask_again
from reports.enums import RenditionStatus
from reports.meeting_selectors import files_of_packs, packs_of
from reports.models import Meeting, Rendition
from reports.policies import can_run_meeting
from reports.presenters.meetings import PackLine, files_progress, pack_lines
from reports.presenters.words import RENDITION_TAGS
from reports.renderers.html import paper_body
from reports.views.board import meeting_crumbs, meeting_or_404, meeting_to_run
from reports.views.common import attachment
from spr_portal.background.selectors import worker_is_missing


@require_safe
def preview(request: HttpRequest, identity: str) -> HttpResponse:
    meeting = meeting_or_404(request, identity)
    context = {
        "meeting": meeting,
        "crumbs": meeting_crumbs(meeting),
        "body": paper_body(document_of_meeting(meeting)),
        "running": can_run_meeting(request.user, meeting),
    }
    return render(request, "reports/meetings/preview.html", context)


@require_safe
def packs(request: HttpRequest, identity: str) -> HttpResponse:
    meeting = meeting_or_404(request, identity)
    rows = list(packs_of(meeting))
    lines = _lines(meeting, rows)
    text, is_over = files_progress(lines[0]) if lines else ("", True)
    context = {
        "meeting": meeting,
        "crumbs": meeting_crumbs(meeting),
        "running": can_run_meeting(request.user, meeting),
        "packs": lines,
        "tags": RENDITION_TAGS,
        "is_current": bool(rows) and is_over and is_current(rows[0], meeting),
        "progress": text,
        "is_over": is_over,
        "worker_is_missing": not is_over and worker_is_missing(),
    }
    return render(request, "reports/meetings/packs.html", context)


@require_safe
def progress(request: HttpRequest, identity: str) -> HttpResponse:
    """The fragment that portal.js fetches until the newest pack's files are made or failed."""
    meeting = meeting_or_404(request, identity)
    lines = _lines(meeting, list(packs_of(meeting)))
    text, is_over = files_progress(lines[0]) if lines else ("", True)
    context = {"meeting": meeting, "progress": text, "is_over": is_over}
    return render(request, "reports/meetings/packs_progress.html", context)


@require_POST
def make(request: HttpRequest, identity: str) -> HttpResponse:
    """Make a pack of what the meeting says now, or one file again that could not be made."""
    meeting = meeting_to_run(request, identity)
    failed = request.POST.get("again", "")
    if failed:
        number, _, file_format = failed.partition("/")
        row = get_object_or_404(
            Rendition.objects.defer("document", "content").select_related("pack__meeting__force"),
            pack__meeting=meeting,
            pack__number=number if number.isdecimal() and len(number) < 6 else 0,
            format=file_format,
        )
        ask_again(rendition=row, by=request.user)
        messages.info(request, "The file is being made again. This takes a minute or less.")
    else:
        pack, is_new = make_pack(meeting=meeting, by=request.user)
        words = "is being made" if is_new else "says all that the meeting says now, so it stands"
        messages.info(request, f"Pack {pack.number} {words}.")
    return redirect(reverse("reports:packs", args=[identity]))


@require_safe
def download(request: HttpRequest, identity: str, number: int, file_format: str) -> HttpResponse:
    """The stored bytes of a file. Asking for its headers alone is no download."""
    meeting = meeting_or_404(request, identity)
    row = get_object_or_404(
        Rendition.objects.defer("document").select_related("pack"),
        pack__meeting=meeting,
        pack__number=number,
        format=file_format,
        status=RenditionStatus.MADE,
    )
    row.pack.meeting = meeting
    newest = packs_of(meeting).values_list("number", flat=True).first()
    name = f"{meeting.force.code}-spr-board-{meeting.held_on:%Y-%m-%d}-pack-{number}"
    name += "" if number == newest else "-superseded"
    is_taken = request.method != "HEAD"
    content = record_pack_download(rendition=row, by=request.user) if is_taken else row.content
    return attachment(
        bytes(content), name=f"{name}.{file_format}", file_format=file_format, sha256=row.sha256
    )


def _lines(meeting: Meeting, rows: list) -> list[PackLine]:
    for pack in rows:
        pack.meeting = meeting
    return pack_lines(rows, files_of_packs(meeting))
