"""Items of an assessment's lists, as the tests of their pages write them."""

from assessments.domain.items import add_item
from assessments.enums import ItemKind
from assessments.selectors import items_of


def text_of(response) -> str:
    return response.content.decode()


def items(desk, kind) -> list:
    return list(items_of(desk.assessment, ItemKind(kind)))


def paragraph(desk, text: str = "One.", **values):
    values = {"text": text, "is_public": True} | values
    return add_item(assessment=desk.assessment, kind=ItemKind.SUMMARY, values=values, by=desk.lead)
