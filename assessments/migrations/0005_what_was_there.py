"""Give what was there before the working day's fields the values they mean."""

import secrets

from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    model = {name: apps.get_model("assessments", name) for name in (
        "Comment", "Response", "Vulnerability", "EvidenceReference", "Evidence", "Cycle"
    )}
    for key in model["Comment"].objects.values_list("pk", flat=True):
        model["Comment"].objects.filter(pk=key).update(identity=secrets.token_hex(6))
    model["Response"].objects.update(accepted_version=F("version"))
    for cycle in model["Cycle"].objects.all():
        model["Vulnerability"].objects.filter(assessment__cycle=cycle).update(
            first_raised=cycle.year
        )
    _register_evidence(model)


def _register_evidence(model):
    """One entry of the register for references that say the same about the same thing."""
    known = {}
    rows = model["EvidenceReference"].objects.filter(evidence__isnull=True)
    for row in rows.select_related("assessment__cycle").order_by("pk"):
        cycle = row.assessment.cycle
        what = (cycle.force_id, row.kind, row.title, row.owner, row.dated, row.kept_at)
        if what not in known:
            known[what] = model["Evidence"].objects.create(
                force_id=cycle.force_id,
                identity=secrets.token_hex(6),
                kind=row.kind,
                title=row.title,
                owner=row.owner,
                dated=row.dated,
                kept_at=row.kept_at,
                added_by_id=cycle.opened_by_id,
                added_at=cycle.opened_at,
            )
        row.evidence = known[what]
        row.save(update_fields=["evidence"])


def nothing(apps, schema_editor):
    """Going back needs nothing: the fields go away with the migration before this one."""


class Migration(migrations.Migration):

    dependencies = [
        ("assessments", "0004_the_working_day"),
    ]

    operations = [
        migrations.RunPython(fill, nothing),
    ]
