"""The base of the portal's forms: what GOV.UK Frontend and crispy-forms need of each."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms

from spr_portal.form_fields import lower_first


class GovukMixin:
    """Leaves the <form> to the template, the errors to the page, and "required" to us.

    Browsers' own messages cannot be read by everyone and differ from ours, so
    no field says `required` in its markup.
    """

    use_required_attribute = False
    # Names of fields that stand in a details element: components/form_fields.html.
    folded: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.label is None:
                field.label = forms.utils.pretty_name(name)
            _say_what_is_missing(field)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        helper.include_media = False
        return helper


class GovukForm(GovukMixin, forms.Form):
    pass


class GovukFormSet(forms.BaseFormSet):
    """A formset whose boxes for leaving a form out say so in words."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if deletion := form.fields.get(forms.formsets.DELETION_FIELD_NAME):
            deletion.label = "Remove this one when I save"


def _say_what_is_missing(field: forms.Field) -> None:
    """Replace Django's "This field is required." by a sentence that names the field."""
    default = forms.Field.default_error_messages["required"]
    if field.error_messages.get("required") == default:
        field.error_messages["required"] = _sentence(field, str(field.label))


def _sentence(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}”"
    if label.endswith("?"):
        return f"Answer the question “{label}”"
    return f"{_verb(field)} the {lower_first(label)}"


def _verb(field: forms.Field) -> str:
    is_choice = isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField)
    return "Select" if is_choice else "Enter"
