"""The paper as one accessible HTML document, and as a part of a page of the portal."""

import dataclasses
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe  # noqa: TID251  for our own stylesheet

from reports.document import (
    Block,
    CrossReference,
    Figure,
    Inline,
    Paper,
    Paragraph,
    RecommendationItem,
    RecommendationList,
    Strong,
    Table,
)
from reports.renderers import charts, wording
from spr_portal.charts import Drawing

STYLESHEETS = Path(settings.BASE_DIR) / "static" / "css"


class Talk(Protocol):
    """Where a block is talked about: a link beside it, in the portal only."""

    href: str
    words: str
    about: str


NO_LINKS: Mapping[str, str] = {}
NO_TALK: Mapping[str, Talk] = {}
# What stands in a margin of every page has one line to stand on.
_LONGEST_RUNNING_LINE = 60
_ENTRIES_OF_A_PAGE = 36


def render_html(paper: Paper) -> bytes:
    """The paper as a whole document, UTF-8: one file that refers to nothing outside itself.

    Raises wording.UnclearedWords where a public paper holds restricted words.
    """
    return document(paper, stylesheets=("paper.css",)).encode()


def paper_body(
    paper: Paper,
    *,
    trace_links: Mapping[str, str] = NO_LINKS,
    comment_links: Mapping[str, Talk] = NO_TALK,
) -> SafeString:
    """The paper for a page that has its own h1 and loads static/css/paper.css.

    `trace_links` leads from a block's identity to the page where its words were written,
    `comment_links` to the page where it is talked about.
    """
    context = _context(
        paper, trace_links=trace_links, comment_links=comment_links, is_standalone=False
    )
    return render_to_string("reports/paper/body.html", context)


def document(paper: Paper, *, stylesheets: tuple[str, ...], is_for_pdf: bool = False) -> str:
    """A whole HTML document with the named files of static/css written into it."""
    context = _context(paper, trace_links=NO_LINKS, is_standalone=True, is_for_pdf=is_for_pdf)
    style = "\n".join(map(_stylesheet, stylesheets))
    if colour := context["colour"]:
        style += f"\n:root {{ --paper-brand: #{colour}; }}\n"
    # Our own files and a colour of six figures, which escaping would break; no word of a user
    # goes through here.
    context["stylesheet"] = mark_safe(style)  # noqa: S308
    return render_to_string("reports/paper/document.html", context)


@functools.cache
def _stylesheet(name: str) -> str:
    return (STYLESHEETS / name).read_text(encoding="utf-8")


def _context(
    paper: Paper,
    *,
    trace_links: Mapping[str, str],
    is_standalone: bool,
    comment_links: Mapping[str, Talk] = NO_TALK,
    is_for_pdf: bool = False,
) -> dict:
    paper = wording.prepared(paper)
    layout = _Layout(paper, trace_links, comment_links, is_for_pdf=is_for_pdf)
    heads = wording.heads(paper)
    return {
        "paper": paper,
        "is_standalone": is_standalone,
        "document_title": wording.document_title(paper),
        "meeting_on": wording.date_in_words(paper.meeting_on),
        "dated": f"{paper.meeting_on.isoformat()}T00:00:00Z",
        "draft_notice": wording.DRAFT_NOTICE if paper.is_draft else "",
        "colour": wording.colour(paper),
        "logo_description": wording.logo_description(paper),
        "running": {
            "marking": _cut(paper.marking),
            "draft": "Draft" if paper.is_draft else "",
            "reference": _cut(paper.reference),
            "edition": _cut(paper.edition_label),
        },
        "contents": [h for h in heads if h] if wording.needs_contents(paper) else [],
        "contents_heading": wording.CONTENTS_HEADING,
        "fits_a_page": len(list(filter(None, heads))) <= _ENTRIES_OF_A_PAGE,
        "sections": [
            {
                "head": head,
                "restriction": wording.restriction(section),
                "comment": comment_links.get(section.identity),
                "is_annex": bool(head) and head.is_annex,
                "blocks": layout.blocks(section.blocks),
            }
            for head, section in zip(heads, paper.sections, strict=True)
        ],
    }


class _Layout:
    """Turns the blocks of one paper into what the templates print."""

    def __init__(
        self,
        paper: Paper,
        trace_links: Mapping[str, str],
        comment_links: Mapping[str, Talk],
        *,
        is_for_pdf: bool,
    ):
        self._is_for_pdf = is_for_pdf
        self._anchors = wording.anchors(paper)
        self._unused_anchors = dict(self._anchors)
        self._trace_links = trace_links
        self._comment_links = comment_links

    def blocks(self, blocks: tuple[Block, ...]) -> list[dict]:
        """Each block; words that lead to a figure or a table stay with it."""
        after = (*blocks[1:], None)
        return [
            self.block(block) | {"leads": isinstance(next_one, Figure | Table), "hangs": hangs}
            for block, next_one, hangs in zip(blocks, after, wording.hanging(blocks), strict=False)
        ]

    def block(self, block) -> dict:
        match block:
            case Paragraph():
                return self._paragraph(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case RecommendationList():
                return {"kind": "recommendations", "items": [*map(self._item, block.items)]}
        raise TypeError(f"No layout for a {type(block).__name__}.")

    def _paragraph(self, block: Paragraph) -> dict:
        return {
            **self._common(block),
            "kind": "paragraph",
            "number": wording.label(block.number),
            "is_only_bullets": wording.is_only_bullets(block),
            "is_withheld": block.is_withheld,
            "words": self._inlines(block.inlines),
            "bullets": [*map(self._inlines, wording.shown_bullets(block))],
        }

    def _item(self, item: RecommendationItem) -> dict:
        return {
            **self._common(item),
            "number": f"{item.number})",
            "is_withheld": item.is_withheld,
            "heading": "" if item.is_withheld else item.heading,
            "words": self._inlines(wording.sentence(item)),
        }

    def _table(self, table: Table) -> dict:
        header, rows, _ = wording.rows_of_equal_length(table)
        return {
            **self._common(table),
            "kind": "table",
            "caption": wording.caption(table),
            "header": header,
            "rows": _cells(rows),
            "is_whole": wording.keeps_words_whole(header, rows),
            "has_many_columns": len(header) >= wording.MANY_COLUMNS,
        }

    def _figure(self, figure: Figure) -> dict:
        content = figure.content
        common = self._common(figure)
        header, rows, _ = wording.rows_of_equal_length(content)
        return {
            **common,
            "kind": "figure",
            "caption": wording.figure_caption(figure),
            "drawings": self._drawings(figure, common["anchor"] or figure.identity),
            "table": {
                "caption": wording.figure_table_caption(figure),
                "header": header,
                "rows": _cells(rows),
                "numeric": content.numeric,
                "is_whole": wording.keeps_words_whole(header, rows),
                "has_many_columns": len(header) >= wording.MANY_COLUMNS,
            },
            "has_table": bool(content.rows),
            "notes": content.notes,
            "trace": common | {"restriction": ""},  # what is said of the whole stands above it
        }

    def _drawings(self, figure: Figure, anchor: str) -> list[Drawing]:
        drawings = charts.drawings_of(figure, identity=f"{anchor}-chart")
        if not self._is_for_pdf:
            return list(drawings)
        # The PDF has one text in place of a picture, and takes the title for it.
        return [
            dataclasses.replace(drawing, title=charts.alternative_text(drawing))
            for drawing in drawings
        ]

    def _common(self, part) -> dict:
        source = getattr(part, "source", None)
        return {
            # An id may stand once only; a recommendation may be printed twice.
            "anchor": self._unused_anchors.pop(part.identity, ""),
            "restriction": wording.restriction(part),
            "trace_link": self._trace_links.get(part.identity, ""),
            "trace_label": source.label if source else "",
            "comment": self._comment_links.get(part.identity),
        }

    def _inlines(self, inlines: tuple[Inline, ...]) -> SafeString:
        return format_html_join("", "{}", ((self._inline(inline),) for inline in inlines))

    def _inline(self, inline: Inline) -> SafeString:
        if isinstance(inline, Strong):
            return format_html("<strong>{}</strong>", inline.text)
        if isinstance(inline, CrossReference) and inline.target in self._anchors:
            return format_html('<a href="#{}">{}</a>', self._anchors[inline.target], inline.text)
        return conditional_escape(inline.text)


def _cells(rows: tuple[tuple, ...]) -> list[list[dict]]:
    """The cells of a table, each with whether a word in it must be broken."""
    return [
        [
            {
                "text": cell.text if cell else "",
                "is_header": cell is not None and cell.is_header,
                "is_date": cell is not None and wording.is_date(cell.text),
                "is_broken": cell is not None and wording.needs_breaking(cell.text),
            }
            for cell in row
        ]
        for row in rows
    ]


def _cut(words: str) -> str:
    too_long = len(words) > _LONGEST_RUNNING_LINE
    return words[: _LONGEST_RUNNING_LINE - 1].rstrip() + "…" if too_long else words
