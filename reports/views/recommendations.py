"""What the paper recommends, and what became of last year's recommendations."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.builder import targets_of
from reports.document import Audience
from reports.domain import following_up
from reports.domain import recommendations as domain
from reports.enums import PaperStatus, RecommendationStatus
from reports.forms.recommendations import (
    EarlierRecommendationForm,
    OutcomeForm,
    RecommendationForm,
    usual_addressees,
)
from reports.meeting_selectors import can_own_actions
from reports.models import BoardPaper
from reports.paper_address import PaperAddress
from reports.policies import can_edit_paper
from reports.presenters.wording import recommendation_lines, references, referring_to
from reports.presenters.words import OUTCOME_TAGS, year_in_words
from reports.recommendation_selectors import UNFINISHED
from reports.selectors import (
    approved_with_proposals,
    proposals_not_taken_up,
    recommendations_of,
    recommendations_reported_in,
    year_reported_on_in,
)
from reports.snapshot import Snapshot
from reports.views.common import crumbs, edited, paper_or_404, paper_to_edit, shown
from threats.models import Place
from threats.selectors import printed_labels

PAGES = ["GET", "HEAD", "POST"]


@require_safe
def recommendation_list(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    paper = paper_or_404(request, address)
    if paper.status == PaperStatus.ISSUED:
        return redirect("reports:preview", address, Audience.FULL)
    editing = can_edit_paper(request.user, paper)
    context = {
        "crumbs": crumbs(paper),
        "paper": paper,
        "recommendations": recommendation_lines(shown(paper), _threats(paper)),
        "editing": editing,
        "proposals": proposals_not_taken_up(paper.cycle).count() if editing else 0,
    }
    return render(request, "reports/recommendations.html", context)


@require_POST
def take_up(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    paper = paper_to_edit(request, address)
    taken = domain.take_up_proposals(
        paper=paper, assessments=approved_with_proposals(paper.cycle), by=request.user
    )
    if taken:
        count = f"{len(taken)} proposal{'' if len(taken) == 1 else 's'}"
        messages.success(
            request, f"{count} taken up. First in the list, and public unless you restrict them."
        )
    else:
        messages.info(request, "Every proposal of an approved assessment is in the list already.")
    return redirect(_list_url(paper))


@require_http_methods(PAGES)
def add(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    paper = paper_to_edit(request, address)
    snapshot = shown(paper)
    return edited(
        request,
        form=_form(request, paper, snapshot, initial={"publication": "public"}),
        save=lambda form: domain.add_recommendation(
            paper=paper, values=form.values, by=request.user
        ),
        template="reports/recommendation.html",
        context={
            "crumbs": crumbs(paper, ("Recommendations", _list_url(paper))),
            "references": references(snapshot),
            "is_new": True,
            "back": _list_url(paper),
        },
        done="The recommendation is added at the end of the list.",
        to=_list_url(paper),
    )


@require_http_methods(PAGES)
def change(request: HttpRequest, address: PaperAddress, identity: str) -> HttpResponse:
    paper = paper_to_edit(request, address)
    row = recommendations_of(paper.cycle).filter(identity=identity).first()
    if row is None and request.method != "POST":
        raise Http404("No such recommendation.")
    snapshot = shown(paper)
    initial = RecommendationForm.initial_of(row) if row else None
    return edited(
        request,
        form=_form(request, paper, snapshot, initial=initial),
        save=lambda form: domain.change_recommendation(
            paper=paper,
            identity=identity,
            values=form.values,
            started_from=form.started_from,
            by=request.user,
        ),
        template="reports/recommendation.html",
        context={
            "crumbs": crumbs(paper, ("Recommendations", _list_url(paper))),
            "references": references(snapshot),
            "back": _list_url(paper),
        },
        done="The recommendation is saved.",
        to=f"{_list_url(paper)}#recommendation-{identity}",
    )


@require_http_methods(PAGES)
def remove(request: HttpRequest, address: PaperAddress, identity: str) -> HttpResponse:
    paper = paper_to_edit(request, address)
    if request.method == "POST":
        domain.remove_recommendation(paper=paper, identity=identity, by=request.user)
        messages.success(request, "The recommendation is removed. Those after it move up a number.")
        return redirect(_list_url(paper))
    snapshot = shown(paper)
    lines = recommendation_lines(snapshot, _threats(paper))
    line = next((line for line in lines if line.identity == identity), None)
    if line is None:
        raise Http404("No such recommendation.")
    context = {
        "crumbs": crumbs(paper, ("Recommendations", _list_url(paper))),
        "line": line,
        "referring": referring_to(snapshot, identity),
        "back": _list_url(paper),
    }
    return render(request, "reports/remove_recommendation.html", context)


@require_POST
def move(request: HttpRequest, address: PaperAddress, identity: str) -> HttpResponse:
    paper = paper_to_edit(request, address)
    is_up = request.POST.get("move") == "up"
    domain.move_recommendation(paper=paper, identity=identity, up=is_up, by=request.user)
    return redirect(f"{_list_url(paper)}#recommendation-{identity}")


@require_safe
def outcomes(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    paper = paper_or_404(request, address)
    if paper.status == PaperStatus.ISSUED:
        return redirect("reports:preview", address, Audience.FULL)
    rows = list(recommendations_reported_in(paper.cycle))
    context = {
        "crumbs": crumbs(paper),
        "paper": paper,
        "recommendations": rows,
        "year": year_in_words(rows[0].year) if rows else "",
        "tags": OUTCOME_TAGS,
        "unfinished": UNFINISHED,
        "editing": can_edit_paper(request.user, paper),
    }
    return render(request, "reports/outcomes.html", context)


@require_POST
def carry_over(request: HttpRequest, address: PaperAddress, identity: str) -> HttpResponse:
    """Make an unfinished one of the paper before again in this one."""
    paper = paper_to_edit(request, address)
    get_object_or_404(recommendations_reported_in(paper.cycle), identity=identity)
    following_up.carry_over(paper=paper, identity=identity, by=request.user)
    messages.success(
        request, "It is carried over: it stands at the end of this year’s recommendations too."
    )
    return redirect(_outcomes_url(paper))


@require_http_methods(PAGES)
def outcome(request: HttpRequest, address: PaperAddress, identity: str) -> HttpResponse:
    paper = paper_to_edit(request, address)
    row = get_object_or_404(recommendations_reported_in(paper.cycle), identity=identity)
    return edited(
        request,
        form=OutcomeForm(request.POST or None, initial=OutcomeForm.initial_of(row)),
        save=lambda form: domain.report_outcome(
            paper=paper,
            identity=identity,
            status=RecommendationStatus(form.values["status"]),
            outcome=form.values["outcome"],
            outcome_on=form.values["outcome_on"],
            outcome_evidence=form.values["outcome_evidence"],
            started_from=form.started_from,
            by=request.user,
        ),
        template="reports/outcome.html",
        context={
            "crumbs": crumbs(paper, ("Last year’s outcomes", _outcomes_url(paper))),
            "recommendation_year": year_in_words(row.year),
            "recommendation": row,
            "back": _outcomes_url(paper),
        },
        done="The outcome is saved.",
        to=_outcomes_url(paper),
    )


@require_http_methods(PAGES)
def add_earlier(request: HttpRequest, address: PaperAddress) -> HttpResponse:
    paper = paper_to_edit(request, address)
    reported = year_reported_on_in(paper.cycle)
    form = EarlierRecommendationForm(
        request.POST or None,
        initial={"year": reported, "publication": "public"},
        addressees=usual_addressees(paper.force, []),
    )
    return edited(
        request,
        form=form,
        save=lambda form: domain.add_earlier_recommendation(
            paper=paper, by=request.user, **_year_and_values(form)
        ),
        template="reports/earlier.html",
        context={
            "crumbs": crumbs(paper, ("Last year’s outcomes", _outcomes_url(paper))),
            "back": _outcomes_url(paper),
        },
        done="The recommendation is added. Now say what became of it.",
        to=_outcomes_url(paper),
    )


def _year_and_values(form: EarlierRecommendationForm) -> dict:
    values = form.values
    return {"year": values.pop("year"), "values": values}


def _form(request, paper: BoardPaper, snapshot: Snapshot, *, initial) -> RecommendationForm:
    return RecommendationForm(
        request.POST or None,
        initial=initial,
        targets=targets_of(snapshot),
        threats=printed_labels(paper.cycle.edition, Place.LIST),
        addressees=usual_addressees(
            paper.force, [item.addressee for item in snapshot.recommendations]
        ),
        people=can_own_actions(request.user),
    )


def _threats(paper: BoardPaper) -> dict[str, str]:
    return dict(printed_labels(paper.cycle.edition, Place.LIST))


def _list_url(paper: BoardPaper) -> str:
    return reverse("reports:recommendations", args=[paper.address])


def _outcomes_url(paper: BoardPaper) -> str:
    return reverse("reports:outcomes", args=[paper.address])
