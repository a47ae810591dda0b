"""Form fields that every page's forms are made of, with errors in plain words."""

from __future__ import annotations

import datetime

from django import forms
from django.core.exceptions import ValidationError

from spr_portal.plain_text import clean, clean_line

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def lower_first(words: str) -> str:
    """Words as they stand inside a sentence: "As-at date" as "as-at date".

    Abbreviations and names stay: "SPR lead", "Executive Team date".
    """
    is_name = words[1:2].isupper() or any(word[0].isupper() for word in words.split()[1:2])
    return words if is_name else words[:1].lower() + words[1:]


class PlainTextField(forms.CharField):
    """Paragraphs and bullets in plain text, cleaned of what Word leaves in it.

    The limit counts the characters that are kept. It is not given to the
    browser, which would cut a pasted text off without a word.
    """

    def __init__(self, *, max_length: int = 10_000, rows: int = 8, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)
        self.character_limit = max_length

    def to_python(self, value):
        return clean(super().to_python(value))

    def has_changed(self, initial, data):
        return clean(initial or "") != self.to_python(data)

    def validate(self, value):
        super().validate(value)
        _check_length(self, value)


class LineField(forms.CharField):
    """Words on one line, such as a title, cleaned of what Word leaves in them."""

    def __init__(self, *, max_length: int = 200, **kwargs):
        super().__init__(**kwargs)
        self.character_limit = max_length

    def to_python(self, value):
        return clean_line(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        _check_length(self, value)


class SuggestingInput(forms.TextInput):
    """A line with words to choose from, in which anything else can be typed all the same."""

    def __init__(self, *args, suggestions: tuple[str, ...] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.suggestions = suggestions


class Radios(forms.RadioSelect):
    """Radio buttons, some of them with a hint: `hints` maps a value to its words."""

    def __init__(self, *args, hints: dict[str, str] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.hints = hints or {}


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes, some of them with a hint: `hints` maps a value to its words."""

    def __init__(self, *args, hints: dict[str, str] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.hints = hints or {}


class DateInput(forms.MultiWidget):
    """Day, month and year, each typed into a box of its own."""

    PARTS = ("day", "month", "year")
    use_fieldset = True

    def __init__(self, attrs=None):
        super().__init__(dict.fromkeys(self.PARTS, forms.TextInput), attrs)

    def decompress(self, value):
        if isinstance(value, str) and value:
            value = datetime.date.fromisoformat(value)
        if not value:
            return ["", "", ""]
        return [str(value.day), str(value.month), str(value.year)]


class DateField(forms.Field):
    """A date in three boxes; the month may be a number or its name, whole or short.

    `called` is what the errors call it, if not by its label. An error names the
    boxes that are wrong in `params["parts"]`, so that the page can mark them.
    """

    widget = DateInput

    def __init__(self, *, called: str = "", **kwargs):
        super().__init__(**kwargs)
        self._called = called

    @property
    def called(self) -> str:
        return self._called or str(self.label or "Date")

    def clean(self, value):
        date = self.to_python(value)
        if date is None and self.required:
            raise ValidationError(f"Enter the {lower_first(self.called)}", code="required")
        return date

    def to_python(self, value) -> datetime.date | None:
        if isinstance(value, datetime.date):
            return value
        typed = [clean_line(part or "") for part in value or ("", "", "")]
        if not any(typed):
            return None
        missing = [part for part, words in zip(DateInput.PARTS, typed, strict=True) if not words]
        if missing:
            raise self._wrong(f"must include a {' and '.join(missing)}", *missing)
        return self._date(*typed)

    def has_changed(self, initial, data):
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True

    def _date(self, day: str, month: str, year: str) -> datetime.date:
        numbers = {"day": _number(day, 2), "month": _month(month), "year": _number(year, 4)}
        if len(year) != 4 and numbers["year"] is not None:
            raise self._wrong("must have a year of 4 numbers", "year")
        wrong = [part for part, number in numbers.items() if number is None]
        if wrong:
            raise self._wrong("must be a real date", *wrong)
        try:
            return datetime.date(numbers["year"], numbers["month"], numbers["day"])
        except ValueError:
            raise self._wrong("must be a real date", *DateInput.PARTS) from None

    def _wrong(self, what: str, *parts: str) -> ValidationError:
        return ValidationError(f"{self.called} {what}", code="invalid", params={"parts": parts})


def _number(words: str, digits: int) -> int | None:
    is_number = words.isascii() and words.isdecimal() and len(words) <= digits
    return int(words) if is_number else None


def _month(words: str) -> int | None:
    """1 to 12 of "2", "02", "Feb" or "february"; None of anything else."""
    name = words.lower().removesuffix(".")
    if len(name) >= 3:
        for number, month in enumerate(MONTHS, start=1):
            if month.startswith(name) or (month == "september" and name == "sept"):
                return number
    return _number(words, 2)


def _check_length(field, value: str) -> None:
    if len(value) > field.character_limit:
        raise ValidationError(
            f"{field.label or 'This'} must be {field.character_limit:,} characters or fewer; "
            f"you have written {len(value):,}",
            code="max_length",
        )
