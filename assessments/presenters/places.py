"""Where the answers and lists of an assessment stand, and what they are called."""

from __future__ import annotations

from collections.abc import Iterable

from assessments.enums import ItemKind
from assessments.models import Assessment
from spr_portal.addresses import address_of
from threats.selectors import AskedPart


class Places:
    """Of one assessment. A place is a question's code, a list, or "list/item"."""

    def __init__(self, assessment: Assessment, parts: Iterable[AskedPart]):
        self._at = [assessment.cycle.year, assessment.threat.code]
        self._questions = {
            question.code: (part, question) for part in parts for question in part.questions
        }

    @property
    def codes(self) -> list[str]:
        """The codes of the questions, in their order."""
        return list(self._questions)

    def part(self, code: str) -> str:
        return address_of("assessments:part", *self._at, code)

    def items(self, kind: str) -> str:
        return address_of("assessments:items", *self._at, kind)

    def page(self, name: str) -> str:
        return address_of(f"assessments:{name}", *self._at)

    def href(self, place: str) -> str:
        """The address of a place of comments or words set aside; empty for the whole."""
        if place in self._questions:
            return f"{self.part(self._questions[place][0].code)}#{place}"
        kind, _, identity = place.partition("/")
        if kind not in ItemKind.values:
            return ""
        if identity:
            return address_of("assessments:change_item", *self._at, kind, identity)
        return self.items(kind)

    def talk(self, place: str) -> str:
        """The address where a place of comments is talked about; of the whole, the task list."""
        page = self.href(place).partition("#")[0] or self.page("assessment")
        return f"{page}#talk-{place or 'whole'}"

    def name(self, place: str) -> str:
        if place in self._questions:
            part, question = self._questions[place]
            return f"{part.label}: {question.prompt}"
        kind = place.partition("/")[0]
        return ItemKind(kind).label if kind in ItemKind.values else "The assessment as a whole"


def crumbs_to(assessment: Assessment, kind: ItemKind | None = None) -> list[tuple[str, str]]:
    """The way to a page of the assessment, or to one of an item in a list: words and address."""
    crumbs = [("My work", "/"), (str(assessment), assessment.get_absolute_url())]
    if kind is not None:
        crumbs.append((kind.label, Places(assessment, ()).items(kind)))
    return crumbs
