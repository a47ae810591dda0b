"""What the lists of an assessment and their fields are called, wherever people read them."""

from assessments.enums import ItemKind

# One of them, several of them.
ITEM_NOUNS = {
    ItemKind.FIGURE: ("figure", "figures"),
    ItemKind.VULNERABILITY: ("vulnerability", "vulnerabilities"),
    ItemKind.FINDING: ("finding", "findings"),
    ItemKind.EVIDENCE: ("reference", "references"),
    ItemKind.RECOMMENDATION: ("recommendation", "recommendations"),
    ItemKind.SUMMARY: ("paragraph", "paragraphs"),
}

FIELD_LABELS = {
    "text": "Text", "rating": "Rating", "unit": "Unit", "level": "Level", "required": "Required",
    "required_by": "Required by", "held": "Held", "held_on": "Held on",
    "projected": "Projected", "projected_by": "Projected by", "accessible": "Accessible",
    "accessible_through": "Accessible through", "source": "Source",
    "is_public": "Cleared for publication", "withheld_under": "Withheld under",
    "criterion": "Criterion", "statement": "Vulnerability", "likelihood": "Likelihood",
    "impact": "Impact", "mitigation": "Mitigation", "owner": "Owner", "review_on": "Review on",
    "kind": "Kind", "title": "Title", "dated": "Dated", "kept_at": "Where it is kept",
    "part": "Part", "addressee": "Addressee", "escalation": "Escalation", "status": "Status",
    "outcome": "Outcome", "expires_on": "Expires on", "backs": "Answers it backs",
    "body": "Inspectorate", "report": "Report", "finding_kind": "Kind", "reference": "Reference",
    "marking": "Marking", "handling": "Handling instruction", "is_shared": "Shared",
    "grade": "Grade", "response": "Response", "due_on": "Due on",
}  # fmt: skip


def counted(kind: ItemKind, number: int) -> str:
    """ "1 figure", "3 figures"."""
    one, several = ITEM_NOUNS[kind]
    return f"{number} {one if number == 1 else several}"
