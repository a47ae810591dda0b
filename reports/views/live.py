"""The whole paper beside the form that somebody is typing into, with what is not saved yet."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from reports.builder import build_paper
from reports.checks import findings_of
from reports.document import Audience
from reports.drafts import Draft, with_draft
from reports.forms.drafts import draft_in, edition_in
from reports.models import BoardPaper
from reports.paper_address import PaperAddress
from reports.presenters.live import live_preview
from reports.snapshot import Snapshot
from reports.views.common import paper_to_edit, shown


@require_POST
def live(request: HttpRequest, address: PaperAddress, section: str) -> HttpResponse:
    """The preview with what was typed, for the script of the page; nothing is saved."""
    paper = paper_to_edit(request, address)
    snapshot = shown(paper)
    if section not in {row.identity for row in snapshot.sections}:
        raise Http404("No such section.")
    draft = draft_in(
        request.POST, section=section, paragraph=request.POST.get("paragraph", "")[:80]
    )
    context = preview_of(paper, snapshot, draft=draft, edition=edition_in(request.POST))
    html = render_to_string("reports/live_part.html", context, request=request)
    return JsonResponse({"html": html, "anchor": context["live"].anchor})


def preview_of(
    paper: BoardPaper,
    snapshot: Snapshot,
    *,
    draft: Draft,
    edition: Audience,
    is_saved: bool = False,
) -> dict:
    """What the preview beside a form shows. `draft` says where somebody writes, saved or not."""
    written = snapshot if is_saved else with_draft(snapshot, draft)
    full = build_paper(written, is_draft=True)
    return {
        "paper": paper,
        "live": live_preview(
            paper,
            full=full,
            edition=edition,
            findings=findings_of(written, full),
            place=draft.identity,
        ),
    }


def beside_form(
    request: HttpRequest, paper: BoardPaper, snapshot: Snapshot, *, section: str, paragraph: str
) -> dict:
    """The same for the page that the form stands on: what was sent, or else what is saved."""
    return preview_of(
        paper,
        snapshot,
        draft=draft_in(request.POST, section=section, paragraph=paragraph),
        edition=edition_in(request.POST),
        is_saved=request.method != "POST",
    ) | {"paragraph": paragraph, "section_identity": section}


def sent_to(request: HttpRequest):
    """What a form is bound to: what was sent, with the reference that was chosen at its end."""
    if request.method != "POST":
        return None
    if "insert" not in request.POST or not request.POST.get("reference"):
        return request.POST
    sent = request.POST.copy()
    text = sent.get("text", "")
    between = "" if not text or text[-1].isspace() else " "
    sent["text"] = f"{text}{between}{sent['reference']}"
    return sent
