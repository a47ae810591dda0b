"""What templates need beyond Django's own tags. Load with {% load portal %}."""

from __future__ import annotations

import datetime

from django import template
from django.template.defaultfilters import date as formatted
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from spr_portal.field_display import FieldDisplay, SummarisedError, summarised_errors
from spr_portal.plain_text import blocks

register = template.Library()


@register.filter
def displayed(bound_field) -> FieldDisplay:
    """A form's field as the templates in govuk/ show it."""
    return FieldDisplay(bound_field)


@register.filter
def has_errors(form) -> bool:
    """Whether a form or formset was sent in and found wrong; no form at all has no errors."""
    if not getattr(form, "is_bound", False):
        return False
    return not form.is_valid()


@register.filter
def any_has_errors(forms) -> bool:
    return any(has_errors(form) for form in forms or ())


@register.filter
def beside(row, columns) -> list[tuple]:
    """A row's cells, each with its column."""
    return list(zip(row, columns, strict=True))


@register.filter
def numbered(rows, name) -> list[tuple[str, object]]:
    """Rows, each after an id that is unique on the page if the name is: "task-1", "task-2"."""
    return [(f"{name or 'task'}-{number}", row) for number, row in enumerate(rows, 1)]


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms) -> dict[str, list[SummarisedError]]:
    """What is wrong in forms, formsets or lists of them, each linked to the field it is about."""
    every: list = []
    for form in forms:
        every += form if isinstance(form, list | tuple) else [form]
    return {"errors": [error for form in every for error in summarised_errors(form)]}


@register.simple_tag
def status_tag(status, table) -> str:
    """A status as a GOV.UK tag; `table` maps each status to its words and colour."""
    words, colour = table[status]
    return get_template("components/tag.html").render({"text": words, "colour": colour})


@register.filter
def paragraphs(text) -> str:
    """Plain text as paragraphs and bullets, everything in it escaped."""
    return format_html_join("\n", "{}", ((_block(block),) for block in blocks(str(text or ""))))


@register.filter
def placed(words) -> str:
    """Words of a drawing where they stand; a big chart has hundreds."""
    return format_html_join("", '<text x="{}" y="{}">{}</text>', words)


@register.filter
def day(value: datetime.date | None) -> str:
    """7 February 2017; nothing when there is no date."""
    return formatted(value, "j F Y") if value else ""


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """7 February 2017 at 2:30pm, in the portal's time zone."""
    if not value:
        return ""
    local = timezone.localtime(value)
    hour = f"{local:%I}".lstrip("0")
    return f"{formatted(local, 'j F Y')} at {hour}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


@register.simple_block_tag
def scroll_region(content, label) -> str:
    """A wide table that scrolls by itself, by keyboard too, and says what it is."""
    return format_html(
        '<div class="portal-scroll" role="region" aria-label="{}" tabindex="0">{}</div>',
        label,
        content,
    )


@register.simple_block_tag
def details(content, summary) -> str:
    """Words that are shown when asked for."""
    return format_html(
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        summary,
        content,
    )


def _block(block) -> str:
    bullets = format_html_join("", "<li>{}</li>", ((bullet,) for bullet in block.bullets))
    return format_html(
        "{}{}",
        format_html('<p class="govuk-body">{}</p>', block.text) if block.text else "",
        format_html('<ul class="govuk-list govuk-list--bullet">{}</ul>', bullets)
        if bullets
        else "",
    )
