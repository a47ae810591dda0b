"""The content of an assessment as plain data: what is submitted, compared, hashed and approved."""

from __future__ import annotations

import datetime
import hashlib
import json

from assessments.enums import ItemKind
from assessments.models import (
    Assessment,
    CapacityFigure,
    EvidenceReference,
    ProposedRecommendation,
    SummaryParagraph,
    Vulnerability,
)

ITEM_MODELS = {
    ItemKind.FIGURE: CapacityFigure,
    ItemKind.VULNERABILITY: Vulnerability,
    ItemKind.EVIDENCE: EvidenceReference,
    ItemKind.RECOMMENDATION: ProposedRecommendation,
    ItemKind.SUMMARY: SummaryParagraph,
}

# What a person fills in of each kind. References to other rows are kept by their codes.
ITEM_FIELDS = {
    ItemKind.FIGURE: (
        "unit", "level", "required", "required_by", "held", "held_on", "projected",
        "projected_by", "accessible", "accessible_through", "source", "is_public",
        "withheld_under",
    ),
    ItemKind.VULNERABILITY: (
        "criterion", "statement", "likelihood", "impact", "mitigation", "owner", "review_on",
    ),
    ItemKind.EVIDENCE: ("kind", "title", "owner", "dated", "kept_at", "part"),
    ItemKind.RECOMMENDATION: ("addressee", "text"),
    ItemKind.SUMMARY: ("text", "is_public", "withheld_under"),
}  # fmt: skip


def content_of(assessment: Assessment) -> dict:
    """Everything the lead has written, in a form that is the same for the same words.

    `responses` maps a question's code to its text and rating code; each
    `ItemKind` value maps to its items in order. Dates are ISO strings. Eight
    queries at most, however much there is.
    """
    responses = assessment.responses.select_related("question", "rating").order_by("question__code")
    content: dict = {
        "responses": {
            response.question.code: {
                "text": response.text,
                "rating": response.rating.code if response.rating else None,
            }
            for response in responses
        }
    }
    for kind, model in ITEM_MODELS.items():
        rows = model.objects.filter(assessment=assessment)
        for relation in {"criterion", "part"} & set(ITEM_FIELDS[kind]):
            rows = rows.select_related(relation)
        content[kind.value] = [{"identity": row.identity, **item_values(kind, row)} for row in rows]
    return content


def item_values(kind: ItemKind, row) -> dict:
    """The values of one item as plain data."""
    return {name: _plain(getattr(row, name)) for name in ITEM_FIELDS[kind]}


def hash_of(content: dict) -> str:
    """SHA-256 of the canonical JSON of a content, in hexadecimal."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def approval_stands(assessment: Assessment) -> bool:
    """Whether what was approved is, to the letter, what is there now."""
    return assessment.approved_hash == hash_of(content_of(assessment))


def _plain(value):
    if isinstance(value, datetime.date):
        return value.isoformat()
    if hasattr(value, "pk"):
        return value.code
    return value
