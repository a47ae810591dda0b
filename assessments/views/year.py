"""The view of a whole year on one page, and its grid of ratings as a file."""

from __future__ import annotations

import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.models import Assessment, Cycle
from assessments.policies import can_change_cycle, can_see_cycles
from assessments.presenters.cycle import in_short, status_counts, threat_lines
from assessments.presenters.grid import (
    grid_changes,
    grid_chart,
    grid_headings,
    grid_rows,
    year_grid,
)
from assessments.presenters.year_figures import (
    MOST_DRAWN,
    MOST_LISTED,
    OPEN_HEADINGS,
    largest,
    open_lines,
    severity_lines,
    shortfall_chart,
    shortfalls,
    status_chart,
    vulnerability_chart,
)
from assessments.selectors import cycles_visible_to, lead_names_by_threat
from assessments.year_selectors import (
    assessments_of_year,
    figures_of_year,
    open_in,
    ratings_of_year,
    vulnerabilities_counted,
)
from spr_portal.export_views import export_response
from spr_portal.exports import Export, ExportFormat
from threats.selectors import retired_threats

# All of them on one page: no edition so far has more than seven, though a file can list 60.
THREATS_A_PAGE = 20


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """The newest year that is still open; where none is, the newest, or the list without any."""
    can_see_cycles(request.user).require()
    years = cycles_visible_to(request.user)
    cycle = years.filter(closed_at__isnull=True).first() or years.first()
    return redirect(cycle or "assessments:cycles")


@require_safe
def cycle(request: HttpRequest, year: str) -> HttpResponse:
    cycle, before = _cycle_and_before(request, year)
    today = timezone.localdate()
    assessments = assessments_of_year(cycle)
    page = Paginator(assessments, THREATS_A_PAGE).get_page(request.GET.get("page"))
    shown = page.object_list
    grid = year_grid(cycle, before, shown, ratings_of_year(shown))
    context = {
        "cycle": cycle,
        "before": before,
        "retired": retired_threats(cycle.edition, before.edition) if before else (),
        "changing": can_change_cycle(request.user, cycle),
        "grid": grid,
        "grid_chart": grid_chart(grid, cycle),
        "grid_changes": grid_changes(grid),
        "formats": list(ExportFormat),
        "page": page,
        **_status(cycle, assessments, shown, today=today),
        **_open(cycle, assessments, shown, today=today),
    }
    return render(request, "assessments/cycle.html", context)


@require_safe
def grid_file(request: HttpRequest, year: str, file_format: str) -> HttpResponse:
    """The grid of ratings as a file for a spreadsheet."""
    if file_format not in list(ExportFormat):
        raise Http404("No such format.")
    cycle, before = _cycle_and_before(request, year)
    assessments = assessments_of_year(cycle)
    grid = year_grid(cycle, before, assessments, ratings_of_year(assessments))
    export = Export(
        title=f"Ratings {cycle.year_in_words}",
        name=f"ratings-{cycle.year}",
        headings=grid_headings(grid),
        rows=grid_rows(grid),
    )
    return export_response(request, export, ExportFormat(file_format))


def _cycle_and_before(request: HttpRequest, year: str) -> tuple[Cycle, Cycle | None]:
    """The year asked for and the force's one before it; one query."""
    found = list(cycles_visible_to(request.user).filter(year__lte=year)[:2])
    if not found or found[0].year != year:
        raise Http404("No such year.")
    return found[0], found[1] if len(found) > 1 else None


def _status(
    cycle: Cycle, assessments: list[Assessment], shown: list[Assessment], *, today: datetime.date
) -> dict:
    leads = lead_names_by_threat(cycle.force)
    counts = status_counts(assessments)
    return {
        "lines": threat_lines(shown, leads, due_on=cycle.due_on, today=today),
        "counts": counts,
        "status_chart": status_chart(counts),
        "in_short": in_short(assessments, leads, due_on=cycle.due_on, today=today),
    }


def _open(
    cycle: Cycle, assessments: list[Assessment], shown: list[Assessment], *, today: datetime.date
) -> dict:
    vulnerabilities = vulnerabilities_counted(cycle)
    figures = figures_of_year(cycle)
    short = shortfalls(assessments, figures)
    return {
        "open_headings": OPEN_HEADINGS,
        "open_lines": open_lines(shown, open_in(cycle, today=today), vulnerabilities, short),
        "severities": severity_lines(vulnerabilities),
        "vulnerability_chart": vulnerability_chart(vulnerabilities),
        "shortfalls": largest(short, MOST_LISTED),
        "shortfall_chart": shortfall_chart(short),
        "number_short": len(short),
        "number_of_figures": len(figures),
        "most_drawn": MOST_DRAWN,
    }
