"""Open vulnerabilities and inspection findings, brought over from last year.

Each keeps its identity, which is its history, and waits to be looked at.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from assessments.domain.content import ITEM_FIELDS, ITEM_MODELS, item_values
from assessments.domain.items import draft_marks
from assessments.domain.turns import lock_for_writing, start_if_new
from assessments.enums import EDITABLE, ItemKind, RegisterStatus
from assessments.exceptions import StaleEdit
from assessments.models import Assessment, Cycle, SetAside
from assessments.models.items import Carried
from assessments.policies import can_write_place
from spr_portal.audit.recording import record
from spr_portal.identity.models import User
from spr_portal.lists import change_row
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


def keep_item(
    *, assessment: Assessment, kind: ItemKind, identity: str, started_from: int, by: User
) -> None:
    """Say of an item from last year that it still stands as it is.

    Raises StaleEdit when it is another than the person looked at. Nothing
    happens to one that somebody has reviewed already. As with any change,
    what a contributor says of it waits for the lead.
    """
    with transaction.atomic():
        assessment = lock_for_writing(assessment, by=by)
        can_write_place(by, assessment, kind).require()
        rows = ITEM_MODELS[kind].objects.filter(assessment=assessment)
        before = rows.filter(identity=identity, is_reviewed=False).first()
        if before is None:
            return
        marks = draft_marks(assessment, kind, before, by=by)
        item, changed = change_row(
            rows,
            identity=identity,
            started_from=started_from,
            values={"is_reviewed": True} | marks,
        )
        if not changed:
            raise StaleEdit(newer=item, kept=None)
        start_if_new(assessment, by=by)
        record(
            action="item.kept",
            subject=f"assessment {assessment.reference}",
            by=by,
            force=assessment.force,
            details={"list": str(kind), "identity": identity},
        )


def _carry_list(
    kind: ItemKind, assessment: Assessment, sources: dict[str, dict], here: list
) -> list:
    """The rows to be made; those that nobody has touched follow last year's, or go with them.

    One that follows has another version: who has the old words before them is told.
    """
    known = {row.identity for row in here}
    for row in here:
        if row.is_reviewed:
            continue
        values = sources.get(row.identity)
        if values is None:
            row.delete()
        elif any(getattr(row, name) != value for name, value in values.items()):
            same = ITEM_MODELS[kind].objects.filter(pk=row.pk)
            same.update(**values, version=F("version") + 1)
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
    """What is open in a cycle and was ever accepted by a lead, in the order of the lists."""
    rows = ITEM_MODELS[kind].objects.filter(assessment__cycle=cycle)
    rows = rows.exclude(is_draft=True, accepted_values=None).select_related("assessment__threat")
    if kind == ItemKind.VULNERABILITY:
        rows = rows.select_related("criterion")
    ordered = rows.order_by("assessment__threat__order", "order", "pk")
    return [row for row in ordered if _accepted(kind, row)["status"] != RegisterStatus.CLOSED]


def _items_here(kind: ItemKind, assessments: list[Assessment]) -> dict[int, list]:
    here: dict[int, list] = {assessment.pk: [] for assessment in assessments}
    for row in ITEM_MODELS[kind].objects.filter(assessment__in=assessments):
        here[row.assessment_id].append(row)
    return here


def _removed_from(assessments: list[Assessment]) -> set[tuple[int, str]]:
    """Items that a lead took out this year; they are not brought back."""
    places = SetAside.objects.filter(assessment__in=assessments, settled_at__isnull=False)
    return set(places.values_list("assessment", "place"))


def _accepted(kind: ItemKind, row) -> dict:
    """The plain values of an item; of one that a contributor changed, what was accepted."""
    return row.accepted_values if row.is_draft else item_values(kind, row)


def _values(kind: ItemKind, row, criteria: Mapping[str, Criterion], before: Cycle) -> dict:
    plain, model = _accepted(kind, row), ITEM_MODELS[kind]
    values = {
        name: model._meta.get_field(name).to_python(plain[name])
        for name in ITEM_FIELDS[kind]
        if name in plain and name != "criterion"
    }
    if "criterion" in ITEM_FIELDS[kind]:
        values["criterion"] = criteria.get(plain["criterion"])
    return values | {"first_raised": row.first_raised or before.year}
