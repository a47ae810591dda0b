"""The tags of an item: who may read it, whether it is a draft, where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.enums import Marking, RegisterStatus

STATUS_COLOURS = {
    RegisterStatus.OPEN: "blue",
    RegisterStatus.IN_PROGRESS: "teal",
    RegisterStatus.CLOSED: "grey",
}


@dataclass(frozen=True)
class Tag:
    text: str
    colour: str  # one of the GOV.UK tag's


def tags_of(values: dict, item) -> tuple[Tag, ...]:
    """What a reader must know of an item at once: who may read it, and whether it is a draft."""
    tags = []
    if "is_public" in values:
        tags.append(Tag("Public", "green") if values["is_public"] else Tag("Restricted", "red"))
    if values.get("marking") == Marking.SENSITIVE:
        tags.append(Tag(Marking.SENSITIVE.label, "orange"))
    if item.is_draft:
        tags.append(Tag(f"Draft by {item.drafted_by_name}", "yellow"))
    if not getattr(item, "is_reviewed", True):
        tags.append(Tag("Not yet reviewed", "orange"))
    if values.get("status") in STATUS_COLOURS:
        label = RegisterStatus(values["status"]).label
        tags.append(Tag(label, STATUS_COLOURS[values["status"]]))
    return tuple(tags)
