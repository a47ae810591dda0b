"""What is being written cites evidence with the marking that the register gives it.

What was submitted or approved keeps the words that were, and nothing of it was cleared.
"""

from django.db import migrations

BEING_WRITTEN = ("not_started", "in_progress", "returned")


def follow_the_register(apps, schema_editor):
    references = apps.get_model("assessments", "EvidenceReference").objects.filter(
        assessment__status__in=BEING_WRITTEN,
        evidence__isnull=False,
    )
    for reference in references.select_related("evidence").exclude(evidence__marking="OFFICIAL"):
        reference.marking = reference.evidence.marking
        reference.handling = reference.evidence.handling
        reference.save(update_fields=["marking", "handling"])


class Migration(migrations.Migration):
    dependencies = [("assessments", "0009_markings")]
    operations = [migrations.RunPython(follow_the_register, migrations.RunPython.noop)]
