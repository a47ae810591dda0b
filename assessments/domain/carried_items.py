"""Open vulnerabilities and inspection findings, brought over from last year.

Each keeps its identity, which is its history, and waits to be looked at.
"""

from __future__ import annotations

from collections.abc import Mapping

from assessments.domain.content import ITEM_FIELDS, ITEM_MODELS
from assessments.enums import EDITABLE, ItemKind, RegisterStatus
from assessments.models import Assessment, Cycle, SetAside
from assessments.models.items import Carried
from threats.models import Criterion
from threats.selectors import Descent

CARRIED_KINDS = tuple(kind for kind, model in ITEM_MODELS.items() if issubclass(model, Carried))


def carry_items(
    assessments: list[Assessment], origins: Mapping[str, Descent], before: Cycle
) -> None:
    """Into assessments that can be edited: what is handed in stays as it was handed in."""
    open_ones = [assessment for assessment in assessments if assessment.status in EDITABLE]
    if not open_ones:
        return
    edition_id = open_ones[0].threat.edition_id
    criteria = {row.code: row for row in Criterion.objects.filter(edition_id=edition_id)}
    removed = _removed_from(open_ones)
    for kind in CARRIED_KINDS:
        last_year = _open_items(kind, before)
        here = _items_here(kind, open_ones)
        made = []
        for assessment in open_ones:
            codes = {threat.code for threat in origins[assessment.threat.code].earlier}
            sources = {
                row.identity: _values(kind, row, criteria, before)
                for row in last_year
                if row.assessment.threat.code in codes
                and (assessment.pk, f"{kind}/{row.identity}") not in removed
            }
            made += _carry_list(kind, assessment, sources, here[assessment.pk])
        ITEM_MODELS[kind].objects.bulk_create(made)


def _carry_list(
    kind: ItemKind, assessment: Assessment, sources: dict[str, dict], here: list
) -> list:
    """The rows to be made; those that nobody has touched follow last year's, or go with them."""
    known = {row.identity for row in here}
    for row in here:
        if row.is_reviewed or row.version > 1:
            continue
        values = sources.get(row.identity)
        if values is None:
            row.delete()
        elif any(getattr(row, name) != value for name, value in values.items()):
            ITEM_MODELS[kind].objects.filter(pk=row.pk).update(**values)
    last = max((row.order for row in here), default=0)
    missing = [identity for identity in sources if identity not in known]
    return [
        ITEM_MODELS[kind](
            assessment=assessment,
            identity=identity,
            order=last + number,
            is_reviewed=False,
            **sources[identity],
        )
        for number, identity in enumerate(missing, start=1)
    ]


def _open_items(kind: ItemKind, cycle: Cycle) -> list:
    """What is open in a cycle and accepted by its leads, in the order of the lists."""
    rows = ITEM_MODELS[kind].objects.filter(assessment__cycle=cycle, is_draft=False)
    rows = rows.exclude(status=RegisterStatus.CLOSED).select_related("assessment__threat")
    if kind == ItemKind.VULNERABILITY:
        rows = rows.select_related("criterion")
    return list(rows.order_by("assessment__threat__order", "order", "pk"))


def _items_here(kind: ItemKind, assessments: list[Assessment]) -> dict[int, list]:
    here: dict[int, list] = {assessment.pk: [] for assessment in assessments}
    for row in ITEM_MODELS[kind].objects.filter(assessment__in=assessments):
        here[row.assessment_id].append(row)
    return here


def _removed_from(assessments: list[Assessment]) -> set[tuple[int, str]]:
    """Items that a lead took out this year; they are not brought back."""
    places = SetAside.objects.filter(assessment__in=assessments, settled_at__isnull=False)
    return set(places.values_list("assessment", "place"))


def _values(kind: ItemKind, row, criteria: Mapping[str, Criterion], before: Cycle) -> dict:
    values = {name: getattr(row, name) for name in ITEM_FIELDS[kind]}
    if values.get("criterion"):
        values["criterion"] = criteria.get(values["criterion"].code)
    return values | {"first_raised": row.first_raised or before.year}
