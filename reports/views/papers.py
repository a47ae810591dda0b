"""The papers of a force, and one paper: started, looked at, previewed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assessments.enums import AssessmentStatus
from assessments.presenters.statuses import STATUS_TAGS
from assessments.selectors import cycles_visible_to
from reports.checks import findings_of
from reports.document import Audience
from reports.domain.compose import compose_paper, words_of
from reports.domain.documents import documents_as_issued, documents_shown
from reports.domain.template_sections import offers_more
from reports.domain.wording import change_paper
from reports.enums import PaperKind, PaperStatus
from reports.exceptions import PaperNotStarted
from reports.forms.paper import ComposeForm, HeaderForm
from reports.models import BoardPaper
from reports.paper_address import PaperAddress
from reports.policies import can_compose, can_edit_paper, can_waive
from reports.presenters.findings import finding_groups, summary_of
from reports.presenters.home import paper_lines
from reports.presenters.paper import (
    history_lines,
    section_lines,
    steps,
    trace_links,
)
from reports.presenters.talk import CommentLink, comment_links
from reports.presenters.words import EDITIONS, PAPER_TAGS, WAITS_FOR, noun_of, year_in_words
from reports.renderers.html import paper_body
from reports.selectors import (
    SEE_DRAFTS,
    cycles_without_paper,
    cycles_without_statement,
    latest_templates,
    papers_visible_to,
    usual_template,
)
from reports.snapshot import take_snapshot
from reports.views.common import at, crumbs, edited, paper_or_404, paper_to_edit, shown
from spr_portal.identity.enums import Role
from spr_portal.identity.policies import deny, has_role


@require_safe
def paper_list(request: HttpRequest) -> HttpResponse:
    if not has_role(request.user, *SEE_DRAFTS):
        deny("Only ACC Security, the staff officer and the Executive Team see papers.").require()
    context = {
        "papers": paper_lines(papers_visible_to(request.user)),
        "tags": PAPER_TAGS,
        "can_start": has_role(request.user, Role.ACC_SECURITY, Role.STAFF_OFFICER),
        "cycles": [
            (cycle, year_in_words(cycle.year)) for cycle in cycles_without_paper(request.user)
        ],
        "statements": [
            (PaperAddress(cycle.year, PaperKind.STATEMENT), year_in_words(cycle.year))
            for cycle in cycles_without_statement(request.user)
        ],
    }
    return render(request, "reports/papers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    cycle = get_object_or_404(cycles_visible_to(request.user), year=address.year)
    can_compose(request.user, cycle).require()
    templates = latest_templates(address.kind)
    usual = usual_template(cycle, templates)
    initial = {"template": str(usual.pk)} if usual else None
    form = ComposeForm(
        request.POST or None, templates=templates, words=words_of(cycle), initial=initial
    )
    if form.is_valid():
        paper = compose_paper(
            cycle=cycle, template=form.chosen, optional=form.chosen_sections, by=request.user
        )
        messages.success(
            request,
            f"The {noun_of(address.kind)} is started. Nobody else is told until you send it.",
        )
        return redirect(paper)
    assessments = list(cycle.assessments.select_related("threat"))
    waiting = [row for row in assessments if row.status != AssessmentStatus.APPROVED]
    context = {
        "form": form,
        "noun": noun_of(address.kind),
        "is_statement": address.kind == PaperKind.STATEMENT,
        "cycle": cycle,
        "year": year_in_words(address.year),
        "assessments": assessments,
        "waiting": waiting,
        "tags": STATUS_TAGS,
    }
    return render(request, "reports/compose.html", context)


@require_safe
def paper(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    paper = papers_visible_to(request.user).filter(**at(address)).first()
    if paper is None:
        return _not_started(request, address)
    is_issued = paper.status == PaperStatus.ISSUED
    context = {
        "paper": paper,
        "year": year_in_words(address.year),
        "crumbs": crumbs(paper)[:-1],
        "tags": PAPER_TAGS,
        "is_issued": is_issued,
        "steps": steps(paper, request.user),
    }
    context |= _as_issued(paper) if is_issued else _in_the_making(request, paper)
    return render(request, "reports/paper.html", context)


def _not_started(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    """Where a cycle's page leads to before there is a paper."""
    cycle = get_object_or_404(cycles_visible_to(request.user), year=address.year)
    if can_compose(request.user, cycle):
        return redirect("reports:compose", address)
    raise PaperNotStarted(
        f"ACC Security has not started the {noun_of(address.kind)} of "
        f"{year_in_words(address.year)} yet."
    )


def _as_issued(paper: BoardPaper) -> dict:
    return {"history": history_lines(paper.status_changes.all())}


def _in_the_making(request: HttpRequest, paper: BoardPaper) -> dict:
    snapshot = take_snapshot(paper, with_history=True)
    document = documents_shown(paper, snapshot)[Audience.FULL]
    return {
        "history": history_lines(snapshot.beside.history),
        "waits_for": WAITS_FOR[PaperStatus(paper.status)],
        "findings": finding_groups(
            paper,
            findings_of(snapshot, document),
            may_waive=bool(can_waive(request.user, paper)),
        ),
        "sections": section_lines(paper, snapshot, document),
        "open_comments": snapshot.beside.comments,
        "editing": can_edit_paper(request.user, paper),
        "offers_sections": offers_more(paper, {words.identity for words in snapshot.sections}),
        "writes": can_compose(request.user, paper.cycle),
        "outcomes": len(snapshot.last_year),
        "recommendations": len(snapshot.recommendations),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def change_paper_page(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    paper = paper_to_edit(request, address)
    return edited(
        request,
        form=HeaderForm(request.POST or None, initial=HeaderForm.initial_of(paper)),
        save=lambda form: change_paper(
            paper=paper, values=form.values, started_from=form.started_from, by=request.user
        ),
        template="reports/header.html",
        context={"crumbs": crumbs(paper), "paper": paper},
        done="The title and the lines below it are saved.",
        to=paper.get_absolute_url(),
    )


@require_safe
def preview(request: HttpRequest, address: PaperAddress, audience: str) -> HttpResponse:
    if audience not in list(Audience):
        raise Http404("No such edition.")
    paper, edition = paper_or_404(request, address), Audience(audience)
    context = {
        "paper": paper,
        "crumbs": crumbs(paper),
        "is_public": edition is Audience.PUBLIC,
        "edition": EDITIONS[edition],
    }
    talk: dict[str, CommentLink] = {}
    if paper.status == PaperStatus.ISSUED:
        documents = documents_as_issued(paper.issued)
    else:
        snapshot = shown(paper)
        documents = documents_shown(paper, snapshot)
        if edition is Audience.FULL:
            talk = comment_links(paper, documents[edition], snapshot, user=request.user)
        found = findings_of(snapshot, documents[Audience.FULL])
        context |= {"findings": finding_groups(paper, found), "findings_in_all": summary_of(found)}
    full = documents[Audience.FULL]
    context["body"] = paper_body(
        documents[edition],
        trace_links=trace_links(paper, full),
        comment_links=talk,
    )
    return render(request, "reports/preview.html", context)
