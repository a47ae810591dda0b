"""A bound form field as plain values, so that a page of thirty costs little.

Django renders every widget through templates of its own; here the field's
values are read once and one template of `govuk/widgets/` writes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.forms.widgets import Input

from spr_portal.form_fields import DateInput

# The template for each kind of widget; a widget takes that of its nearest ancestor here.
TEMPLATES: dict[type[forms.Widget], str] = {
    Input: "govuk/widgets/input.html",
    forms.PasswordInput: "govuk/widgets/password.html",
    forms.FileInput: "govuk/widgets/file.html",
    forms.HiddenInput: "govuk/widgets/hidden.html",
    forms.Textarea: "govuk/widgets/textarea.html",
    forms.Select: "govuk/widgets/select.html",
    forms.RadioSelect: "govuk/widgets/radios.html",
    forms.CheckboxSelectMultiple: "govuk/widgets/checkboxes.html",
    forms.CheckboxInput: "govuk/widgets/checkbox.html",
    DateInput: "govuk/widgets/date.html",
}
BLANK_CHOICE = "---------"  # what Django calls an empty choice; read aloud it is nonsense
DATE_WIDTHS = {"day": "2", "month": "5", "year": "4"}


@dataclass(frozen=True)
class Option:
    id: str
    value: str
    label: str
    is_selected: bool
    hint: str


@dataclass(frozen=True)
class DatePart:
    id: str
    name: str
    label: str
    value: str
    width: str
    inputmode: str
    is_wrong: bool


@dataclass(frozen=True)
class SummarisedError:
    message: str
    href: str = ""


class FieldDisplay:
    """What the templates show of one field."""

    def __init__(self, field: BoundField):
        self._field = field
        self.widget = field.field.widget
        if field.is_hidden and not isinstance(self.widget, forms.HiddenInput):
            self.widget = field.field.hidden_widget()
        self.id = self.widget.attrs.get("id") or field.auto_id or field.html_name
        self.name = field.html_name
        self.label = field.label
        self.hint = field.help_text
        self.errors = tuple(field.errors)
        self.character_limit = getattr(field.field, "character_limit", None)
        self.is_disabled = field.field.disabled

    @property
    def template(self) -> str:
        return next(TEMPLATES[kind] for kind in type(self.widget).__mro__ if kind in TEMPLATES)

    @property
    def type(self) -> str:
        """The type of an <input>; a number is typed into a text field, as GOV.UK advises."""
        return "text" if self.widget.input_type == "number" else self.widget.input_type

    @property
    def described_by(self) -> str:
        ids = [f"{self.id}-hint"] if self.hint else []
        ids += [f"{self.id}-error"] if self.errors else []
        ids += [f"{self.id}-info"] if self.has_count else []
        return " ".join(ids)

    @property
    def has_count(self) -> bool:
        """Whether the characters left are counted beside the field."""
        return self.character_limit is not None and isinstance(self.widget, forms.Textarea)

    @property
    def character_limit_in_words(self) -> str:
        return f"{self.character_limit:,}"

    @property
    def css_class(self) -> str:
        """Classes a form gave its widget, such as govuk-input--width-5."""
        return self.widget.attrs.get("class", "")

    @property
    def attributes(self) -> str:
        """All other attributes the form gave its widget, ready to be written."""
        ours = {"class", "id", "required", "maxlength", "min", "max", "step", "aria-describedby"}
        given = {name: value for name, value in self.widget.attrs.items() if name not in ours}
        if isinstance(self.widget, forms.NumberInput):
            is_whole = isinstance(self._field.field, forms.IntegerField) and not isinstance(
                self._field.field, forms.DecimalField | forms.FloatField
            )
            given.setdefault("inputmode", "numeric" if is_whole else "decimal")
        if self.suggestions:
            given["list"] = f"{self.id}-suggestions"
        if self.is_disabled:
            given["disabled"] = True
        return flatatt(given)

    @property
    def suggestions(self) -> tuple[str, ...]:
        return getattr(self.widget, "suggestions", ())

    @property
    def value(self) -> str:
        value = self.widget.format_value(self._field.value())
        return "" if value is None else value

    @property
    def is_checked(self) -> bool:
        return self.widget.check_test(self._field.value())

    @cached_property
    def options(self) -> list[Option]:
        """The choices in order; those of a group carry on without its name."""
        value = self.widget.format_value(self._field.value())
        hints = getattr(self.widget, "hints", {})
        return [
            self._option(option, hints)
            for _, group, _ in self.widget.optgroups(self.name, value, {"id": self.id})
            for option in group
        ]

    @cached_property
    def groups(self) -> list[tuple[str | None, list[Option]]]:
        """The choices of a <select> under the names of their groups."""
        value = self.widget.format_value(self._field.value())
        return [
            (name, [self._option(option, {}) for option in group])
            for name, group, _ in self.widget.optgroups(self.name, value, {"id": self.id})
        ]

    @property
    def parts(self) -> list[DatePart]:
        value = self._field.value()
        values = value if isinstance(value, list | tuple) else self.widget.decompress(value)
        wrong = self._wrong_parts
        return [
            DatePart(
                id=f"{self.id}_{part}",
                name=f"{self.name}_{part}",
                label=part.capitalize(),
                value=words or "",
                width=DATE_WIDTHS[part],
                # A month may be typed as a name, for which a numeric keypad would be a trap.
                inputmode="" if part == "month" else "numeric",
                is_wrong=part in wrong,
            )
            for part, words in zip(DateInput.PARTS, values, strict=True)
        ]

    @property
    def target(self) -> str:
        """The id of the element that an error about this field links to; it always exists."""
        if isinstance(self.widget, DateInput):
            return next((part.id for part in self.parts if part.is_wrong), self.parts[0].id)
        if isinstance(self.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return self.options[0].id if self.options else self.id
        return self.id

    @property
    def _wrong_parts(self) -> tuple[str, ...]:
        """The boxes of a date that an error is about: all of them unless it says which."""
        wrong: tuple[str, ...] = ()
        for error in self._field.errors.as_data():
            wrong += (error.params or {}).get("parts", DateInput.PARTS)
        return wrong

    def _option(self, option: dict, hints: dict[str, str]) -> Option:
        value = "" if option["value"] is None else str(option["value"])
        label = str(option["label"])
        return Option(
            id=option["attrs"].get("id", ""),
            value=value,
            label="Choose" if label == BLANK_CHOICE else label,
            is_selected=option["selected"],
            hint=hints.get(value, ""),
        )


def summarised_errors(form) -> Iterator[SummarisedError]:
    """Everything wrong in a form or formset, in the order of its fields.

    Nothing comes of what is no form, so that a page can ask without looking.
    """
    if not getattr(form, "is_bound", False):
        return
    if isinstance(form, forms.BaseFormSet):
        yield from (SummarisedError(str(error)) for error in form.non_form_errors())
        for member in form.forms:
            yield from summarised_errors(member)
        return
    yield from (SummarisedError(str(error)) for error in form.non_field_errors())
    for field in form:
        href = "" if field.is_hidden else f"#{FieldDisplay(field).target}"
        yield from (SummarisedError(str(error), href) for error in field.errors)
