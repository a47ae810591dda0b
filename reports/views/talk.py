"""Comments on the parts of a paper: a page for all of them, and one for each part."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from reports.blocks import BlockWords, words_by_block
from reports.document import Audience
from reports.domain.documents import document_as_issued, documents_shown
from reports.domain.paper_comments import (
    add_paper_comment,
    reopen_paper_comment,
    reply_to_paper_comment,
    resolve_paper_comment,
)
from reports.enums import PaperStatus
from reports.forms.paper import PaperCommentForm
from reports.models import BoardPaper, PaperComment
from reports.paper_address import PaperAddress
from reports.policies import can_comment_on_paper
from reports.presenters.talk import block_href, threads
from reports.talk_selectors import said_about, thread_of
from reports.views.common import SAFE, crumbs, paper_or_404, shown

DONE = {
    "reply": "Your reply is saved.",
    "reply_and_resolve": "Your reply is saved, and the comment is resolved.",
    "resolve": "The comment is resolved.",
    "reopen": "The comment is open again.",
}


@require_safe
def comments(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    """Everything said about the paper, what is open first."""
    paper = paper_or_404(request, address)
    found = threads(paper, said_about(paper), blocks=_blocks(paper), user=request.user)
    context = {
        "crumbs": crumbs(paper),
        "paper": paper,
        "open": [thread for thread in found if thread.is_open],
        "resolved": [thread for thread in found if not thread.is_open],
        "commenting": can_comment_on_paper(request.user, paper),
    }
    return render(request, "reports/talk/comments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_on(request: HttpRequest, address: PaperAddress, block: str) -> HttpResponse:
    """What is said about one block, named in the address, and a box for a further comment."""
    paper = paper_or_404(request, address)
    is_sent = request.method not in SAFE
    form = PaperCommentForm(request.POST if is_sent else None)
    if is_sent:
        can_comment_on_paper(request.user, paper).require()
        if form.is_valid():
            add_paper_comment(
                paper=paper, block=block, text=form.cleaned_data["text"], by=request.user
            )
            messages.success(request, "Your comment is saved.")
            return redirect(block_href(paper, block))
    return _block_page(request, paper, block, form)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_thread(request: HttpRequest, address: PaperAddress, identity: str) -> HttpResponse:
    """A button of a thread: reply, resolve, both, or open it again."""
    paper = paper_or_404(request, address)
    thread = thread_of(paper, identity)
    if thread is None:
        raise Http404("No such comment.")
    step = request.POST.get("step", "")
    if request.method in SAFE or step not in DONE:
        return redirect(f"{block_href(paper, thread.block)}#thread-{identity}")
    form = PaperCommentForm(request.POST, prefix=identity)
    if step.startswith("reply") and not form.is_valid():
        return _block_page(request, paper, thread.block, PaperCommentForm(), replying=form)
    _take(thread, step, form, by=request.user)
    messages.success(request, DONE[step])
    return redirect(f"{block_href(paper, thread.block)}#thread-{identity}")


def _take(thread: PaperComment, step: str, form: PaperCommentForm, *, by) -> None:
    if step == "resolve":
        resolve_paper_comment(thread=thread, by=by)
    elif step == "reopen":
        reopen_paper_comment(thread=thread, by=by)
    else:
        reply_to_paper_comment(
            thread=thread,
            text=form.cleaned_data["text"],
            resolves=step == "reply_and_resolve",
            by=by,
        )


def _block_page(
    request: HttpRequest,
    paper: BoardPaper,
    block: str,
    form: PaperCommentForm,
    replying: PaperCommentForm | None = None,
) -> HttpResponse:
    """`replying` is a reply that cannot be kept as it is: it is shown in its thread."""
    blocks = _blocks(paper)
    said = [row for row in said_about(paper) if row.block == block]
    about = blocks.get(block)
    if about is None and not said:
        raise Http404("The paper has no such part.")
    found = threads(paper, said, blocks=blocks, user=request.user)
    context = {
        "crumbs": crumbs(paper),
        "paper": paper,
        "about": about,
        "label": about.label if about else said[0].label,
        "threads": [(thread, _reply_form(thread.identity, replying)) for thread in found],
        "form": form if about else None,
        "commenting": can_comment_on_paper(request.user, paper),
    }
    return render(request, "reports/talk/block.html", context)


def _reply_form(identity: str, replying: PaperCommentForm | None) -> PaperCommentForm:
    if replying is not None and replying.prefix == identity:
        return replying
    return PaperCommentForm(prefix=identity, label="Your reply")


def _blocks(paper: BoardPaper) -> dict[str, BlockWords]:
    if paper.status == PaperStatus.ISSUED:
        return words_by_block(document_as_issued(paper.issued, Audience.FULL))
    return words_by_block(documents_shown(paper, shown(paper))[Audience.FULL])
