"""How one value of an item reads."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import models
from django.template.defaultfilters import date as formatted

from assessments.domain.content import ITEM_MODELS, REFERENCES
from assessments.enums import ItemKind, Marking

YES_NO = {True: "Yes", False: "No"}


def value_in_words(kind: ItemKind, name: str, value, codes: Mapping[str, str]) -> str:
    """A field of an item, from `items_as_data`; `codes` says what codes stand for."""
    if value is None or value in ("", Marking.OFFICIAL):
        return ""
    if isinstance(value, list):
        return "; ".join(codes.get(code, code) for code in value)
    if isinstance(value, bool):
        return YES_NO[value]
    field = ITEM_MODELS[kind]._meta.get_field(name)
    if name in REFERENCES:
        return codes.get(value, value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateField):
        return formatted(datetime.date.fromisoformat(value), "j F Y")
    return f"{value:,}" if isinstance(value, int) else str(value)
