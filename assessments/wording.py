"""What the lists of an assessment and their fields are called, wherever people read them."""

from assessments.enums import ItemKind

# One of them, several of them.
ITEM_NOUNS = {
    ItemKind.FIGURE: ("figure", "figures"),
    ItemKind.VULNERABILITY: ("vulnerability", "vulnerabilities"),
    ItemKind.EVIDENCE: ("reference", "references"),
    ItemKind.RECOMMENDATION: ("recommendation", "recommendations"),
    ItemKind.SUMMARY: ("paragraph", "paragraphs"),
}

FIELD_LABELS = {
    "accessible": "Number accessible through others",
    "accessible_through": "Accessible through",
    "addressee": "Addressee",
    "criterion": "Which C it touches",
    "dated": "Date of the evidence",
    "held": "Number held",
    "held_on": "Date the number held was counted",
    "impact": "Impact",
    "is_public": "Cleared for publication",
    "kept_at": "Where it is kept",
    "kind": "Kind of evidence",
    "level": "Level",
    "likelihood": "Likelihood",
    "mitigation": "What is done about it",
    "owner": "Owner",
    "part": "Part of the assessment it backs",
    "projected": "Projected number",
    "projected_by": "Date of the projection",
    "required": "Number required",
    "required_by": "Who sets the requirement",
    "review_on": "Review date",
    "source": "Source of the numbers",
    "statement": "What is the vulnerability?",
    "text": "Text",
    "title": "Title",
    "unit": "Unit",
    "withheld_under": "Kept out of the public edition under",
}


def counted(kind: ItemKind, number: int) -> str:
    """ "1 figure", "3 figures"."""
    one, several = ITEM_NOUNS[kind]
    return f"{number} {one if number == 1 else several}"
