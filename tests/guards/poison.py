"""Markup in every place that holds people's words, to see that it stays words."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from assessments.domain.content import content_of, hash_of
from assessments.enums import AssessmentStatus
from assessments.models import Assessment
from spr_portal.frozen import FROZEN_TABLES

PAYLOAD = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><b>{{ 7*7 }}&amp;"
APPS = ("identity", "assessments", "reports")
# Written by the portal, never by a person; or read by it.
NOT_WORDS = {
    "password", "email", "document", "content_hash", "document_hash", "approved_hash",
    "agreed_hash", "sha256", "content_type", "checksum", "identity", "place", "proposed_in",
    "error", "action", "from_status", "to_status", "source",
}  # fmt: skip
SHORTEST = len("<script>alert(1)</script>")


def poison_every_text() -> None:
    """Put the payload into every field of words; approvals then stand for the new words."""
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            fields = {field.name: PAYLOAD[: field.max_length] for field in _words_of(model)}
            if fields and model._meta.db_table not in FROZEN_TABLES:
                model.objects.update(**fields)
    for assessment in Assessment.objects.filter(status=AssessmentStatus.APPROVED):
        assessment.approved_hash = hash_of(content_of(assessment))
        assessment.save()


def _words_of(model: type[models.Model]) -> list[models.Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.SlugField)
        and not field.choices
        and field.name not in NOT_WORDS
        and (field.max_length or SHORTEST) >= SHORTEST
    ]
