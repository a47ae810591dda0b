"""The files of a paper while it is drafted and agreed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from reports.document import Audience
from reports.domain.documents import document_hash, documents_shown
from reports.domain.published import record_draft_download
from reports.domain.renditions import ask_again, ask_for_renditions
from reports.enums import PaperStatus, RenditionStatus
from reports.models import BoardPaper
from reports.paper_address import PaperAddress
from reports.presenters.files import FileLine, file_lines, progress_of
from reports.presenters.words import PAPER_TAGS, RENDITION_TAGS
from reports.selectors import renditions_of, renditions_with_bytes
from reports.views.common import attachment, crumbs, paper_or_404, shown
from spr_portal.background.selectors import worker_is_missing


@require_safe
def files(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    paper = paper_or_404(request, address)
    if paper.status == PaperStatus.ISSUED:
        return redirect("reports:issued", address)
    editions = _lines(paper, with_bytes=True)
    progress = progress_of(editions)
    context = {
        "crumbs": crumbs(paper),
        "paper": paper,
        "paper_tags": PAPER_TAGS,
        "editions": editions,
        "tags": RENDITION_TAGS,
        "progress": progress,
        "worker_is_missing": not progress.is_over and worker_is_missing(),
    }
    return render(request, "reports/files.html", context)


@require_safe
def progress(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    """The fragment that portal.js fetches until all files are made or failed."""
    paper = paper_or_404(request, address)
    editions = _lines(paper)
    context = {
        "paper": paper,
        "progress": progress_of(editions),
        "editions": editions,
        "tags": RENDITION_TAGS,
    }
    return render(request, "reports/files_fragment.html", context)


@require_POST
def ask(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    """Have all files made, or one again that could not be made."""
    paper = paper_or_404(request, address)
    documents = documents_shown(paper, shown(paper))
    failed = request.POST.get("again", "")
    if failed:
        audience, _, file_format = failed.partition("/")
        row = get_object_or_404(
            paper.renditions.defer("document", "content"),
            document_hash__in=[document_hash(document) for document in documents.values()],
            audience=audience,
            format=file_format,
        )
        ask_again(rendition=row, by=request.user)
    else:
        ask_for_renditions(paper=paper, documents=documents.values(), by=request.user)
    messages.info(request, "The files are being made. This takes a minute or less.")
    return redirect(reverse("reports:files", args=[address]))


@require_safe
def download_draft(
    request: HttpRequest, address: PaperAddress, audience: str, file_format: str
) -> HttpResponse:
    """A file of the paper as it stands; a file of what it said before is not handed out."""
    paper = paper_or_404(request, address)
    if audience not in list(Audience) or paper.status == PaperStatus.ISSUED:
        raise Http404("No such file.")
    document = documents_shown(paper, shown(paper))[Audience(audience)]
    rendition = get_object_or_404(
        paper.renditions.defer("document"),
        document_hash=document_hash(document),
        format=file_format,
        status=RenditionStatus.MADE,
    )
    rendition.paper = paper
    content = record_draft_download(rendition=rendition, by=request.user)
    state = "draft" if document.is_draft else "agreed"
    name = f"{paper.reference}-spr-board-paper-{audience}-{state}.{file_format}"
    return attachment(content, name=name, file_format=file_format, sha256=rendition.sha256)


def _lines(paper: BoardPaper, *, with_bytes: bool = False) -> dict[str, list[FileLine]]:
    documents = documents_shown(paper, shown(paper))
    hashes = {audience: document_hash(document) for audience, document in documents.items()}
    renditions = renditions_with_bytes if with_bytes else renditions_of
    return file_lines(paper, hashes, renditions(paper, hashes.values()))
