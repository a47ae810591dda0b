"""The content of an assessment as plain data: what is submitted, compared, hashed and approved."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable

from django.db.models import F, Value
from django.db.models.functions import JSONObject

from assessments.enums import ItemKind, Marking, RegisterStatus
from assessments.models import (
    Assessment,
    CapacityFigure,
    EvidenceReference,
    Finding,
    ProposedRecommendation,
    Response,
    SummaryParagraph,
    Vulnerability,
)

ITEM_MODELS = {
    ItemKind.FIGURE: CapacityFigure,
    ItemKind.VULNERABILITY: Vulnerability,
    ItemKind.FINDING: Finding,
    ItemKind.EVIDENCE: EvidenceReference,
    ItemKind.RECOMMENDATION: ProposedRecommendation,
    ItemKind.SUMMARY: SummaryParagraph,
}
# Fields that point at a row of the edition.
REFERENCES = frozenset({"criterion", "part"})

# What a person fills in of each kind. References to other rows are kept by their codes.
ITEM_FIELDS = {
    ItemKind.FIGURE: (
        "unit", "level", "required", "required_by", "held", "held_on", "projected",
        "projected_by", "accessible", "accessible_through", "source", "is_public",
        "withheld_under", "marking", "handling",
    ),
    ItemKind.VULNERABILITY: (
        "criterion", "statement", "likelihood", "impact", "mitigation", "owner", "review_on",
        "escalation", "status", "outcome", "marking", "handling",
    ),
    ItemKind.FINDING: (
        "body", "report", "dated", "finding_kind", "reference", "text", "grade", "response",
        "owner", "due_on", "status", "outcome", "marking", "handling",
    ),
    ItemKind.EVIDENCE: (
        "kind", "title", "owner", "dated", "kept_at", "part", "expires_on", "backs", "is_public",
        "withheld_under", "marking", "handling",
    ),
    ItemKind.RECOMMENDATION: (
        "addressee", "text", "is_public", "withheld_under", "marking", "handling",
    ),
    ItemKind.SUMMARY: ("text", "is_public", "withheld_under", "marking", "handling"),
}  # fmt: skip


# What later versions of the portal added is left out of a content while it has its usual value:
# the sum of what was approved before stays what it was.
_UNMARKED = {"marking": Marking.OFFICIAL.value, "handling": ""}
ADDED_LATER = {
    ItemKind.FIGURE: _UNMARKED,
    ItemKind.VULNERABILITY: _UNMARKED
    | {"escalation": "", "status": RegisterStatus.OPEN.value, "outcome": ""},
    ItemKind.FINDING: _UNMARKED,
    ItemKind.EVIDENCE: _UNMARKED
    | {"expires_on": None, "backs": [], "is_public": False, "withheld_under": ""},
    ItemKind.RECOMMENDATION: _UNMARKED | {"is_public": True, "withheld_under": ""},
    ItemKind.SUMMARY: _UNMARKED,
}
LISTS_ADDED_LATER = frozenset({ItemKind.FINDING})


def content_of(assessment: Assessment) -> dict:
    """Everything the lead has written, in a form that is the same for the same words.

    `responses` maps a question's code to its text and rating code; each
    `ItemKind` value maps to its items in order, as `items_as_data` gives them.
    Two queries, however much there is.
    """
    return contents_of([assessment.pk])[assessment.pk]


def contents_of(keys: Iterable[int]) -> dict[int, dict]:
    """The content of each assessment by its key; two queries for sixty as for one."""
    keys = list(keys)
    responses: dict[int, list[Response]] = {key: [] for key in keys}
    for response in (
        Response.objects.filter(assessment__in=keys)
        .select_related("question", "rating")
        .order_by("question__code")
    ):
        responses[response.assessment_id].append(response)
    items = _items_of(keys)
    return {key: content_from(responses[key], items[key]) for key in keys}


def content_from(responses: Iterable[Response], items: dict[str, list[dict]]) -> dict:
    """The content made of what was read already: every response, and `items_as_data`."""
    answers = {
        response.question.code: {
            "text": response.text,
            "rating": response.rating.code if response.rating else None,
        }
        for response in responses
    }
    filled = {kind: rows for kind, rows in items.items() if rows or kind not in LISTS_ADDED_LATER}
    return {"responses": answers, **filled}


def items_as_data(assessment: Assessment) -> dict[str, list[dict]]:
    """The items of every list as plain data, by kind and in order; one query.

    Each has its identity and the fields of ITEM_FIELDS: dates as ISO strings,
    references to other rows as their codes.
    """
    return _items_of([assessment.pk])[assessment.pk]


def _items_of(keys: list[int]) -> dict[int, dict[str, list[dict]]]:
    queries = [_as_data(kind, model, keys) for kind, model in ITEM_MODELS.items()]
    items: dict[int, dict] = {key: {kind.value: [] for kind in ITEM_MODELS} for key in keys}
    # The key of a row is its own within a kind, so no two values are ever compared.
    for assessment, kind, _, _, values in sorted(queries[0].union(*queries[1:], all=True)):
        if "is_public" in values:
            values["is_public"] = bool(values["is_public"])  # SQLite's JSON has 0 and 1
        items[assessment][kind].append(without_usual(ItemKind(kind), values))
    return items


def without_usual(kind: ItemKind, values: dict) -> dict:
    """Values of an item without the later fields that have their usual value (ADDED_LATER)."""
    usual = ADDED_LATER.get(kind, {})
    if isinstance(values.get("backs"), str):
        values["backs"] = json.loads(values["backs"])  # SQLite's JSON holds it as a text
    return {name: value for name, value in values.items() if usual.get(name, ...) != value}


def _as_data(kind: ItemKind, model, keys: list[int]):
    """(assessment, kind, order, key, values) of each item of one list, for a union of all."""
    fields = {
        name: F(f"{name}__code" if name in REFERENCES else name)
        for name in ("identity", *ITEM_FIELDS[kind])
    }
    return (
        model.objects.filter(assessment__in=keys)
        .order_by()
        .annotate(item_kind=Value(kind.value), item_values=JSONObject(**fields))
        .values_list("assessment_id", "item_kind", "order", "pk", "item_values")
    )


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
