"""What the styles of a Word document give to its paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from docx.oxml.ns import qn

HEADING = re.compile(r"heading (\d)$", re.IGNORECASE)


@dataclass(frozen=True)
class Look:
    is_bold: bool = False
    size: float = 0.0
    level: int = 0
    numbering: tuple[str, int] | None = None


def style_looks(document) -> tuple[dict[str, Look], str]:
    """What each style of paragraphs gives, through those it is based on; and the usual one."""
    styles = document.styles.element
    rows = {one.get(qn("w:styleId"), ""): one for one in styles.iter(qn("w:style"))}
    usual = next(
        (
            key
            for key, one in rows.items()
            if one.get(qn("w:type")) == "paragraph" and one.get(qn("w:default")) in ("1", "true")
        ),
        "",
    )
    defaults = styles.find(qn("w:docDefaults"))
    size = ""
    if defaults is not None:
        size = next((one.get(qn("w:val"), "") for one in defaults.iter(qn("w:sz"))), "")
    first = Look(size=int(size) / 2 if size.isdecimal() else 0.0)
    return {key: _style_look(key, rows, first) for key in rows}, usual


def _style_look(key: str, rows: dict, look: Look) -> Look:
    chain = []
    while key in rows and key not in chain and len(chain) < 20:
        chain.append(key)
        key = value_of(rows[key], "w:basedOn")
    for key in reversed(chain):
        look = _with_style(rows[key], look)
    return look


def _with_style(style, look: Look) -> Look:
    name = value_of(style, "w:name")
    if found := HEADING.match(name):
        look = replace(look, level=int(found[1]))
    elif name.lower() == "title":
        look = replace(look, level=-1)
    paragraph, run = style.find(qn("w:pPr")), style.find(qn("w:rPr"))
    if paragraph is not None:
        if (level := value_of(paragraph, "w:outlineLvl")).isdecimal() and int(level) < 9:
            look = replace(look, level=int(level) + 1)
        if (numbering := numbering_of(paragraph)) is not None:
            look = replace(look, numbering=(numbering[0], max(numbering[1], 0)))
    if run is not None:
        bold, size = switch(run, "w:b"), value_of(run, "w:sz")
        look = replace(
            look,
            is_bold=look.is_bold if bold is None else bold,
            size=int(size) / 2 if size.isdecimal() else look.size,
        )
    return look


def numbering_of(properties) -> tuple[str, int] | None:
    """List and level that the properties name; level -1 where they name none."""
    numbering = properties.find(qn("w:numPr"))
    if numbering is None:
        return None
    level = value_of(numbering, "w:ilvl")
    return value_of(numbering, "w:numId"), int(level) if level.isdecimal() else -1


def switch(properties, name: str) -> bool | None:
    one = properties.find(qn(name))
    return None if one is None else one.get(qn("w:val"), "1") not in ("0", "false", "off")


def value_of(element, name: str) -> str:
    child = None if element is None else element.find(qn(name))
    return "" if child is None else child.get(qn("w:val"), "")
