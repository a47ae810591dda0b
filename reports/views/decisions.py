"""What the board decided on an issued paper, what the force answers, and who else may read it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.board_policies import (
    can_answer_follow_up,
    can_record_decision,
    can_see_follow_ups,
    can_switch_public_link,
)
from reports.board_selectors import (
    codes_read_by,
    decision_on,
    decisions_on,
    follow_ups_on,
    paper_to_take_up,
    public_link_of,
    threats_asked,
)
from reports.domain.board_decisions import record_decision
from reports.domain.follow_ups import answer_follow_up, take_up_follow_ups
from reports.domain.public_links import switch_public_link
from reports.forms.board import DecisionForm, FollowUpAnswerForm, PublicLinkForm
from reports.models import BoardDecision
from reports.paper_address import PaperAddress
from reports.policies import can_edit_paper
from reports.presenters import decisions as presenter
from reports.presenters.board import DECISION_TAGS
from reports.presenters.words import year_in_words
from reports.views.common import SAFE, edited, paper_or_404
from reports.views.published import crumbs, issue_or_404

PAGES = ["GET", "HEAD", "POST"]


@require_safe
def decision(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    """What counts of the board's decision, and everything recorded before it."""
    issued = issue_or_404(request, address, None)
    recorded = [presenter.history_line(row) for row in decisions_on(issued.force_id, address)]
    context = {
        "issued": issued,
        "year": year_in_words(address.year),
        "decision": recorded[0] if recorded else None,
        "earlier": recorded[1:],
        "tags": DECISION_TAGS,
        "may_record": can_record_decision(request.user, issued),
        "may_see_answers": can_see_follow_ups(request.user),
        "crumbs": crumbs(issued),
    }
    return render(request, "reports/board/decision.html", context)


@require_http_methods(PAGES)
def record(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    issued = issue_or_404(request, address, None)
    can_record_decision(request.user, issued).require()
    current = decision_on(issued.force_id, address) if request.method in SAFE else None
    initial = DecisionForm.initial_of(current) if current else {"decided_on": issued.board_on}
    back = reverse("reports:decision", args=[address])
    return edited(
        request,
        form=DecisionForm(request.POST or None, initial=initial),
        save=lambda form: record_decision(
            issued=issued, values=form.values, started_from=form.started_from, by=request.user
        ),
        template="reports/board/record_decision.html",
        context={
            "issued": issued,
            "year": year_in_words(address.year),
            "is_correction": current is not None,
            "crumbs": crumbs(issued),
            "back": back,
        },
        done="The board’s decision is recorded. ACC Security and the leads are told that it is.",
        to=back,
    )


@require_safe
def follow_ups(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    """What the board asked, and how far the force's answers are."""
    decision = _decision_or_404(request, address)
    answers = list(follow_ups_on(request.user.force_id, address))
    threats = threats_asked(decision.issued)
    paper = paper_to_take_up(request.user.force_id, decision.issued)
    context = {
        "decision": decision,
        "year": year_in_words(address.year),
        "rows": presenter.decision_rows(decision),
        "tags": DECISION_TAGS,
        "lines": presenter.answer_lines(
            decision, answers, threats, request.user, read=codes_read_by(request.user)
        ),
        "is_late": bool(decision.follow_up_on and decision.follow_up_on < timezone.localdate()),
        "paper": paper if paper and can_edit_paper(request.user, paper) else None,
        "crumbs": [("My work", reverse("reports:home"))],
    }
    return render(request, "reports/board/follow_ups.html", context)


@require_http_methods(PAGES)
def follow_up(request: HttpRequest, address: PaperAddress, threat: str) -> HttpResponse:
    decision = _decision_or_404(request, address)
    code = "" if threat == presenter.WHOLE else threat
    can_answer_follow_up(request.user, decision, code).require()
    names = presenter.names_of(threats_asked(decision.issued))
    if code not in names:
        raise Http404
    current = follow_ups_on(request.user.force_id, address).filter(threat_code=code).first()
    back = reverse("reports:follow_ups", args=[address])
    return edited(
        request,
        form=FollowUpAnswerForm(
            request.POST or None,
            initial=FollowUpAnswerForm.initial_of(current) if current else None,
        ),
        save=lambda form: answer_follow_up(
            decision=decision,
            threat_code=code,
            text=form.values["text"],
            started_from=form.started_from,
            by=request.user,
        ),
        template="reports/board/follow_up.html",
        context={
            "name": names[code],
            "rows": presenter.decision_rows(decision),
            "year": year_in_words(address.year),
            "crumbs": [("My work", reverse("reports:home")), ("What the board asked", back)],
            "back": back,
        },
        done="Your answer is saved. The writers of the next paper take it up.",
        to=back,
    )


@require_POST
def take_up(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    """Into the paper of the address: what is new since the board met on the one before."""
    paper = paper_or_404(request, address)
    paragraph = take_up_follow_ups(paper=paper, by=request.user)
    messages.success(
        request,
        "What is new since the board met stands in the paper. What was just taken in is withheld "
        "from the public edition until you have read it and cleared it.",
    )
    return redirect("reports:paragraph", address, paragraph.section.identity, paragraph.identity)


@require_http_methods(PAGES)
def public_link(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    """Whether anybody may read the paper's public edition, and the link they read it by."""
    issued = issue_or_404(request, address, None)
    may = can_switch_public_link(request.user, issued)
    if request.method not in SAFE:
        may.require()
    link = public_link_of(issued.force_id, address)
    form = PublicLinkForm(request.POST or None, initial={"access": presenter.access_of(link)})
    if form.is_valid():
        asked = form.cleaned_data["access"]
        switch_public_link(
            issued=issued,
            is_on=asked != form.OFF,
            may_be_indexed=asked == form.INDEXED,
            by=request.user,
        )
        messages.success(request, presenter.SWITCHED[asked])
        return redirect(request.path)
    path = reverse("public_paper", args=[issued.force.code, address])
    context = {
        "issued": issued,
        "year": year_in_words(address.year),
        "link": link,
        "form": form,
        "may": may,
        "href": request.build_absolute_uri(path),
        "crumbs": crumbs(issued),
    }
    return render(request, "reports/board/public_link.html", context)


def _decision_or_404(request: HttpRequest, address: PaperAddress) -> BoardDecision:
    """What counts of the board's decision on a paper of the person's force."""
    can_see_follow_ups(request.user).require()
    decision = decision_on(request.user.force_id, address)
    if decision is None:
        raise Http404
    return decision
