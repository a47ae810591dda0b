"""The registers across threats: every figure, vulnerability and finding that a person may see."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest

from assessments.domain.severity import SEVERITIES
from assessments.enums import ItemKind, RegisterStatus, Severity
from assessments.models import CapacityFigure, Finding, Vulnerability
from assessments.selectors import assessments_visible_to
from spr_portal.identity.models import User
from threats.models import Criterion

REGISTER_MODELS = {
    ItemKind.FIGURE: CapacityFigure,
    ItemKind.VULNERABILITY: Vulnerability,
    ItemKind.FINDING: Finding,
}
NOT_CLOSED = "not_closed"  # sought as a status: open or in progress
DATE_FIELDS = {ItemKind.VULNERABILITY: "review_on", ItemKind.FINDING: "due_on"}

# What falls below its requirement, now or by the date of the projection: the same rule as
# `domain.capacity.shortfall`, asked of the database.
FALLS_SHORT = Q(required__gt=F("held")) | Q(required__gt=F("projected"))


@dataclass(frozen=True)
class Seen:
    """Whose registers a person may look into: years newest first, threats and Cs by code."""

    years: tuple[str, ...]
    threats: dict[str, str]
    criteria: dict[str, str]


@dataclass(frozen=True)
class SoughtItems:
    """What a person looks for in a register; an empty value leaves nothing out."""

    year: str = ""
    threat: str = ""
    words: str = ""
    owner: str = ""
    level: str = ""
    severity: str = ""
    criterion: str = ""
    status: str = ""
    finding_kind: str = ""
    is_short: bool = False
    is_overdue: bool = False
    is_unreviewed: bool = False
    sort: str = ""


def seen_by(user: User) -> Seen:
    """Two queries, however many years there are."""
    rows = assessments_visible_to(user).order_by("-cycle__year", "threat__order")
    found = list(rows.values_list("cycle__year", "cycle__edition", "threat__code", "threat__label"))
    criteria = Criterion.objects.filter(edition__in={edition for _, edition, _, _ in found})
    threats: dict[str, str] = {}
    for _, _, code, label in found:
        threats.setdefault(code, label)  # as the newest year calls it
    return Seen(
        years=tuple(dict.fromkeys(year for year, _, _, _ in found)),
        threats=threats,
        criteria=dict(
            criteria.order_by("edition__issued_on", "order").values_list("code", "label")
        ),
    )


def items_in_register(
    user: User, kind: ItemKind, sought: SoughtItems, *, today: datetime.date
) -> QuerySet:
    """The items of one year that the person may see, with their assessments' names."""
    rows = _of_assessments(user, kind).filter(assessment__cycle__year=sought.year)
    rows = rows.filter(_asked_of_all(kind, sought), _asked_of(kind, sought, today))
    first = SORTS[kind][sought.sort]
    return rows.order_by(*first, "assessment__threat__order", "order", "pk")


def years_of_item(user: User, kind: ItemKind, identity: str) -> QuerySet:
    """The item and what it was in other years, newest first, as far as the person may see."""
    rows = _of_assessments(user, kind).filter(identity=identity)
    return rows.order_by("-assessment__cycle__year", "assessment__threat__order", "pk")


def weight() -> Case:
    """The place of a vulnerability's severity in `Severity`, as the database reckons it."""
    weights = list(Severity)
    cases = [
        When(likelihood=likelihood, impact=impact, then=Value(weights.index(severity)))
        for (likelihood, impact), severity in SEVERITIES.items()
    ]
    return Case(*cases, default=Value(0), output_field=IntegerField())


def weighs(severity: str) -> Q:
    """The condition on a vulnerability of this severity."""
    condition = Q(pk__in=[])
    for (likelihood, impact), found in SEVERITIES.items():
        if found == severity:
            condition |= Q(likelihood=likelihood, impact=impact)
    return condition


def _of_assessments(user: User, kind: ItemKind) -> QuerySet:
    seen = assessments_visible_to(user).order_by().values("pk")
    rows = REGISTER_MODELS[kind].objects.filter(assessment__in=seen)
    related = ["assessment__cycle__force", "assessment__cycle__edition", "assessment__threat"]
    if kind == ItemKind.VULNERABILITY:
        related.append("criterion")
    return rows.select_related(*related)


def _asked_of_all(kind: ItemKind, sought: SoughtItems) -> Q:
    asked = Q()
    if sought.threat:
        asked &= Q(assessment__threat__code=sought.threat)
    for word in sought.words.split():
        asked &= _holds(WORDS_IN[kind], word)
    for word in sought.owner.split() if kind != ItemKind.FIGURE else ():
        asked &= Q(owner__icontains=word)
    return asked


def _asked_of(kind: ItemKind, sought: SoughtItems, today: datetime.date) -> Q:
    if kind == ItemKind.FIGURE:
        asked = Q(level=sought.level) if sought.level else Q()
        return asked & FALLS_SHORT if sought.is_short else asked
    asked = Q()
    if sought.status:
        closed = Q(status=RegisterStatus.CLOSED)
        asked &= ~closed if sought.status == NOT_CLOSED else Q(status=sought.status)
    if sought.is_overdue:
        passed = Q(**{f"{DATE_FIELDS[kind]}__lt": today})
        asked &= passed & ~Q(status=RegisterStatus.CLOSED)
    if sought.is_unreviewed:
        asked &= Q(is_reviewed=False)
    if sought.severity:
        asked &= weighs(sought.severity)
    if sought.criterion:
        asked &= Q(criterion__code=sought.criterion)
    if sought.finding_kind:
        asked &= Q(finding_kind=sought.finding_kind)
    return asked


def _holds(fields: tuple[str, ...], word: str) -> Q:
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__icontains": word})
    return condition


WORDS_IN = {
    ItemKind.FIGURE: ("unit", "source", "accessible_through"),
    ItemKind.VULNERABILITY: ("statement", "mitigation", "escalation"),
    ItemKind.FINDING: ("text", "body", "report", "reference", "response"),
}
_GAP = Greatest(
    Coalesce(F("required") - F("held"), Value(0), output_field=IntegerField()),
    Coalesce(F("required") - F("projected"), Value(0), output_field=IntegerField()),
)
# What comes first in each order; threats and the lead's own order follow. "" is the usual one.
SORTS = {
    ItemKind.FIGURE: {"": (), "shortfall": (_GAP.desc(),), "unit": ("unit",)},
    ItemKind.VULNERABILITY: {
        "": (weight().desc(),),
        "threat": (),
        "review": (F("review_on").asc(nulls_last=True),),
    },
    ItemKind.FINDING: {
        "": (F("due_on").asc(nulls_last=True),),
        "threat": (),
        "dated": (F("dated").desc(nulls_last=True),),
    },
}
