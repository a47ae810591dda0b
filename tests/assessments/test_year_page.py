"""The whole of a year on one page, for those who see all of it."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.domain.items import add_item
from assessments.domain.year_on_year import Direction, direction_of
from assessments.enums import ItemKind
from assessments.models import CarriedAnswer, Comment, Cycle, EvidenceReference, Vulnerability
from assessments.year_selectors import Rated
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.templatetags.portal import day
from tests.factories import fill_in, make_cycle, make_person, shipped_edition
from threats.selectors import rating_choices

pytestmark = pytest.mark.django_db


@pytest.fixture
def acc():
    return make_person(role=Role.ACC_SECURITY)


@pytest.fixture
def cycle(acc):
    return make_cycle(by=acc)


@pytest.fixture
def page(client, acc, cycle):
    """Ask for the year's page as ACC Security."""

    def asked():
        client.force_login(acc)
        return client.get(cycle.get_absolute_url())

    return asked


def rate(cycle, threat: str, part: str, code: str, before: str = "", scale: str = "") -> None:
    """Give one rating, and one of last year's beside it."""
    response = cycle.assessments.get(threat__code=threat).responses.get(
        question__part__code=part, question__kind="rating"
    )
    response.rating = cycle.rating_scale.points.get(code=code)
    response.version = response.accepted_version = 1
    response.save()
    if before:
        point = cycle.rating_scale.points.get(code=before)
        CarriedAnswer.objects.create(
            response=response, year="2015-16", threat_label="Then", rating_code=before,
            rating_label=point.label, rating_tone=point.tone, rating_symbol=point.symbol,
            scale_code=scale or cycle.rating_scale.code,
        )  # fmt: skip


def changes_of(response) -> dict[tuple[str, str], str]:
    grid = response.context["grid"]
    return {
        (row.assessment.threat.code, column): cell.direction
        for row in grid.rows
        for column, cell in zip(grid.columns, row.cells, strict=True)
    }


def test_each_rating_stands_beside_last_years_with_what_changed(page, cycle):
    rate(cycle, "terrorism", "capacity", "green", before="amber")
    rate(cycle, "terrorism", "capability", "red", before="amber")
    rate(cycle, "terrorism", "contribution", "amber", before="amber")
    rate(cycle, "terrorism", "consistency", "green", before="green", scale="another")
    rate(cycle, "terrorism", "connectivity", "not-rated", before="green")
    rate(cycle, "cyber", "capacity", "green")

    response = page()

    found = changes_of(response)
    assert found["terrorism", "Capacity"] == Direction.BETTER
    assert found["terrorism", "Capability"] == Direction.WORSE
    assert found["terrorism", "Contribution"] == Direction.SAME
    assert found["terrorism", "Consistency"] == Direction.NOT_COMPARABLE
    assert found["terrorism", "Connectivity"] == Direction.NOT_COMPARABLE
    assert found["cyber", "Capacity"] == Direction.NEW
    assert found["public-order", "Capacity"] == Direction.NOT_YET
    text = response.content.decode()
    assert "Terrorism, Capability: Amber → Red" in text
    assert "Terrorism, Capacity: Amber → Green" in text
    assert "Last year: Amber" in text


def test_every_pair_of_ratings_is_compared_rightly(cycle):
    scale = rating_choices(cycle.edition, cycle.rating_scale)
    green, amber, red, unrated = (
        Rated(one.code, one.label, one.tone, one.symbol, cycle.rating_scale.code) for one in scale
    )
    expected = {
        (green, green): Direction.SAME,
        (green, amber): Direction.BETTER,
        (green, red): Direction.BETTER,
        (amber, green): Direction.WORSE,
        (amber, red): Direction.BETTER,
        (red, amber): Direction.WORSE,
        (red, unrated): Direction.NOT_COMPARABLE,
        (unrated, red): Direction.NOT_COMPARABLE,
        (unrated, unrated): Direction.NOT_COMPARABLE,
        (green, None): Direction.NEW,
        (None, green): Direction.NOT_YET,
        (None, None): Direction.NOT_YET,
    }

    assert {pair: direction_of(*pair, scale) for pair in expected} == expected


def test_a_draft_that_no_lead_has_accepted_is_no_rating(page, cycle):
    rate(cycle, "terrorism", "capacity", "green")
    cycle.assessments.get(threat__code="terrorism").responses.filter(rating__isnull=False).update(
        accepted_version=0
    )

    text = page().content.decode()

    assert "Draft, not accepted" in text
    assert "portal-rating--green" not in text


def test_it_says_who_has_not_started_and_who_is_late_by_how_much(page, cycle):
    make_person(force=cycle.force, role=Role.FORCE_LEAD, threat="terrorism", name="Lea Lead")
    Cycle.objects.update(
        due_on=timezone.localdate() - datetime.timedelta(days=1),
        executive_on=timezone.localdate(),
        board_on=timezone.localdate(),
    )

    response = page()
    short = " ".join(response.context["in_short"])

    assert "0 of 6 assessments are with ACC Security or approved." in short
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    assert f"Late since {day(yesterday)}: " in short
    assert "1 day late" in response.content.decode()
    assert "Terrorism (Lea Lead)" in short
    assert "Public order (nobody is appointed)" in short


def test_what_is_open_is_counted_by_threat(page, cycle, acc):
    assessment = cycle.assessments.get(threat__code="terrorism")
    lead = make_person(force=cycle.force, role=Role.FORCE_LEAD, threat="terrorism")
    fill_in(assessment, by=lead)
    for likelihood, impact in (("high", "high"), ("low", "low")):
        add_item(
            assessment=assessment, kind=ItemKind.VULNERABILITY, by=lead,
            values={"statement": "Few.", "likelihood": likelihood, "impact": impact},
        )  # fmt: skip
    Vulnerability.objects.create(
        assessment=assessment, order=3, statement="Mended.", likelihood="high", impact="high",
        status="closed", outcome="Done.",
    )  # fmt: skip
    for number, (required, held, projected) in enumerate([(19, 70, 62), (10, 7, 10), (5, None, 5)]):
        add_item(
            assessment=assessment, kind=ItemKind.FIGURE, by=lead,
            values={
                "unit": f"Unit {number}", "level": "local", "required": required, "held": held,
                "projected": projected, "is_public": True,
            },
        )  # fmt: skip
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    EvidenceReference.objects.create(
        assessment=assessment, order=1, kind="exercise", title="Old", expires_on=yesterday
    )
    for resolved in (None, timezone.now()):
        Comment.objects.create(
            assessment=assessment, text="Why?", by=acc, by_name=acc.name, at=timezone.now(),
            resolved_at=resolved, resolved_by=acc if resolved else None,
        )  # fmt: skip

    response = page()

    lines = {line.label: line.numbers for line in response.context["open_lines"]}
    assert lines["Terrorism"] == (1, 0, 2, 1, 1, 0, 1)
    assert lines["Public order"] == (0, 0, 0, 0, 0, 0, 0)
    assert lines["All threats"] == lines["Terrorism"]
    text = response.content.decode()
    assert "Short by 3 now" in text
    assert "1 of 3 capacity figures fall short" in text


@pytest.mark.parametrize("role", [Role.FORCE_LEAD, Role.OPCC, Role.ADMINISTRATOR])
def test_the_year_is_not_for_everybody(client, cycle, role):
    client.force_login(make_person(force=cycle.force, role=role))

    assert client.get(cycle.get_absolute_url()).status_code == 404
    assert client.get(file_of(cycle, "csv")).status_code == 404


def test_another_forces_year_is_not_found(client, cycle):
    client.force_login(make_person(role=Role.ACC_SECURITY))

    assert client.get(cycle.get_absolute_url()).status_code == 404
    assert client.get(file_of(cycle, "xlsx")).status_code == 404


def file_of(cycle, file_format: str) -> str:
    return reverse("assessments:grid_file", args=[cycle.year, file_format])


def test_the_grid_is_taken_as_a_file_and_that_is_noted(client, acc, cycle):
    rate(cycle, "terrorism", "capacity", "green", before="amber")
    client.force_login(acc)

    response = client.get(file_of(cycle, "csv"))

    [headings, *rows] = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    line = dict(zip(headings, next(row for row in rows if row[0] == "Terrorism"), strict=True))
    assert line["Capacity"] == "Green"
    assert line["Capacity: last year"] == "Amber"
    assert line["Capacity: change"] == "Better"
    assert response["Content-Disposition"] == 'attachment; filename="ratings-2016-17.csv"'
    assert AuditEvent.objects.filter(actor=acc, action="register.exported").count() == 1
    assert client.get(file_of(cycle, "xlsx")).content[:2] == b"PK"
    assert client.get(file_of(cycle, "exe")).status_code == 404


@pytest.mark.parametrize("edition", ["2012-07", "2015-03", "2023-02"])
def test_the_page_stands_for_every_edition(client, acc, edition):
    cycle = make_cycle(by=acc, edition=shipped_edition(edition), year="2019-20")
    client.force_login(acc)

    response = client.get(cycle.get_absolute_url())

    assert response.status_code == 200
    assert len(response.context["grid"].rows) == cycle.edition.threats.count()


def test_a_year_costs_the_same_for_one_assessment_and_for_many(client, acc):
    edition = shipped_edition("2023-02")
    one = make_cycle(by=acc, edition=edition, year="2018-19")
    one.assessments.exclude(threat__code="terrorism").delete()
    many = make_cycle(by=acc, edition=edition, year="2019-20")
    for assessment in many.assessments.select_related("threat"):
        lead = make_person(force=acc.force, role=Role.FORCE_LEAD, threat=assessment.threat.code)
        fill_in(assessment, by=lead)
    client.force_login(acc)

    counts = [queries_of(client, cycle) for cycle in (one, many)]

    assert counts[0] == counts[1] <= 10


def queries_of(client, cycle) -> int:
    client.get(cycle.get_absolute_url())  # the first page of a minute notes the visit
    with CaptureQueriesContext(connection) as queries:
        assert client.get(cycle.get_absolute_url()).status_code == 200
    return len(queries)


def test_the_newest_open_year_is_one_click_away(client, acc, cycle):
    make_cycle(by=acc, year="2015-16")
    client.force_login(acc)
    newest = reverse("assessments:newest_cycle")
    assert client.get(newest)["Location"] == cycle.get_absolute_url()

    Cycle.objects.filter(pk=cycle.pk).update(closed_at=timezone.now())

    assert client.get(newest)["Location"] == reverse("assessments:cycle", args=["2015-16"])


def test_before_the_first_year_the_list_is_shown(client, acc):
    client.force_login(acc)

    assert client.get(reverse("assessments:newest_cycle"))["Location"] == reverse(
        "assessments:cycles"
    )
