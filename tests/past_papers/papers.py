"""Made-up papers in the layouts that forces use, as PDF, Word and text; what they say is known."""

from __future__ import annotations

import datetime
import html
import io
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

LABELS = {
    "terrorism": ("Terrorism", "Counter Terrorism"),
    "serious-organised-crime": (
        "Serious and organised crime", "Serious and Organised Crime (SOC)", "Organised Crime",
    ),
    "public-order": ("Public order",),
    "civil-emergencies": ("Civil emergencies",),
    "cyber": ("National cyber security incident", "Cyber Crime"),
    "child-sexual-abuse": ("Child sexual abuse", "Child Sexual Abuse (CSA)"),
}  # fmt: skip


@dataclass(frozen=True)
class Advice:
    """A recommendation: about what, to whom, and how the sentence goes on."""

    about: str  # a threat's code, empty for none
    addressee: str
    text: str


@dataclass(frozen=True)
class Part:
    heading: str
    threat: str = ""
    paragraphs: tuple[str, ...] = ()
    bullets: dict[int, tuple[str, ...]] = field(default_factory=dict)  # below which paragraph


@dataclass(frozen=True)
class Layout:
    """How a paper is set out."""

    numbering: str = "run"  # "run" 1–41, "section" 1.1, "none"
    headings: str = "capitals"  # or "bold", "numbered"
    advice: str = "named"  # or "paren", "short", "letters", "bullets", "table", "headed"
    places: tuple[str, ...] = ("end",)  # of "front", "inline", "end"
    date: str = "%-d %B %Y"
    head: str = "lines"  # or "labels", "table"
    bullet: str = "•"
    is_running: bool = True


TITLE = "Strategic Policing Requirement: annual assessment"
BOARD = "Policing Accountability Board"
MEETING = datetime.date(2019, 3, 14)

PARTS = (
    Part(
        "Purpose of the report",
        paragraphs=(
            "The Board receives this report once a year. It sets out how ready the constabulary is "
            "for the threats that no single force can meet by itself.",
        ),
    ),
    Part(
        "Background",
        paragraphs=(
            "Every lead was sent a set of questions in April and answered them by the end of "
            "August. The answers were weighed against the following:",
            "A panel of senior officers then met twice, in September and again in November, so "
            "that the judgements were even across the threats and nobody marked their own work.",
        ),
        bullets={
            0: ("exercises held in the year", "what inspectors found", "the views of partners")
        },
    ),
    Part(
        "Terrorism",
        "terrorism",
        (
            "Armed officers are trained to the national standard; 46 of the 50 posts are filled. "
            "Two more courses run before the summer, after which the number is expected to be met.",
            "Crowded places were visited by advisers through the year. Managers of the two largest "
            "venues have rehearsed their plans together with the ambulance service.",
        ),
    ),
    Part(
        "Serious and Organised Crime (SOC)",
        "serious-organised-crime",
        (
            "Fourteen groups are mapped, three fewer than the year before. A lead officer is named "
            "for each of them, and the regional unit takes the four that reach across borders.",
        ),
    ),
    Part(
        "Public Order",
        "public-order",
        (
            "The mutual aid commitment of nine units was met on both occasions when it was called "
            "for. Neighbourhood teams went without 310 shifts to make this possible.",
        ),
    ),
    Part(
        "Financial implications",
        paragraphs=("There are none beyond the budget that the Board has already set.",),
    ),
)

ADVICE = (
    Advice(
        "terrorism",
        "The Chief Constable",
        "to fill the four vacant posts of armed officers by June",
    ),
    Advice(
        "serious-organised-crime",
        "The Board",
        "should support a bid for a further analyst, shared with the neighbouring force",
    ),
    Advice("", "ACC Operations", "to report on the shifts lost to mutual aid every quarter"),
)


def paragraphs_in(parts: tuple[Part, ...] = PARTS) -> list[str]:
    return [text for part in parts for text in part.paragraphs]


@dataclass(frozen=True)
class Row:
    """One thing printed: a kind, its mark, its words."""

    kind: str  # "title", "line", "heading", "paragraph", "bullet", "advice", "table"
    text: str = ""
    mark: str = ""
    cells: tuple[tuple[str, ...], ...] = ()


def rows_of(layout: Layout, parts=PARTS, advice=ADVICE) -> Iterator[Row]:
    """Everything a paper prints, in its order."""
    yield from _head(layout)
    number = 0
    for place, part in enumerate(with_lists(layout, parts), start=1):
        heading = part.heading.upper() if layout.headings == "capitals" else part.heading
        yield Row("heading", heading, f"{place}." if layout.headings == "numbered" else "")
        if not part.paragraphs:
            yield from _list(layout, advice)
        for index, text in enumerate(part.paragraphs):
            number += 1
            mark = {"run": f"{number}.", "section": f"{place}.{index + 1}", "none": ""}
            yield Row("paragraph", text, mark[layout.numbering])
            for bullet in part.bullets.get(index, ()):
                yield Row("bullet", bullet, layout.bullet)
        if "inline" in layout.places:
            for which, one in enumerate(advice, start=1):
                if part.threat and one.about == part.threat:
                    yield Row("advice", f"{one.addressee} {one.text}.", f"Recommendation {which} –")


def with_lists(layout: Layout, parts: tuple[Part, ...]) -> list[Part]:
    found = list(parts)
    if "front" in layout.places:
        found.insert(1, Part("Recommendations"))
    if "end" in layout.places:
        found.append(Part("Recommendations"))
    return found


def _head(layout: Layout) -> Iterator[Row]:
    day = MEETING.strftime(layout.date)
    if layout.head == "lines":
        yield Row("line", f"{BOARD.upper()} {day}")
        yield Row("title", TITLE)
        return
    labels = (
        ("Meeting", BOARD),
        ("Date", day),
        ("Agenda Item", "7"),
        ("Report of", "the Chief Constable"),
        ("Author", "Supt A Example, Operations"),
        ("Status", "For decision"),
    )
    if layout.head == "table":
        yield Row("table", cells=tuple(labels))
    else:
        for label, words in labels:
            yield Row("line", f"{label}: {words}")
    yield Row("title", TITLE)


def _list(layout: Layout, advice: tuple[Advice, ...]) -> Iterator[Row]:
    if layout.advice == "table":
        rows = [("No.", "Recommendation", "Owner", "By")]
        for which, one in enumerate(advice, start=1):
            words = one.text.removeprefix("to ").removeprefix("should ")
            rows.append((str(which), words[:1].upper() + words[1:], one.addressee, "June 2019"))
        yield Row("table", cells=tuple(rows))
        return
    if layout.advice == "letters":
        yield Row("paragraph", "It is recommended that:")
    for which, one in enumerate(advice, start=1):
        words = f"{one.addressee} {one.text}."
        mark = {
            "named": f"Recommendation {which} –", "paren": f"{which})", "short": f"R{which}:",
            "letters": f"({chr(96 + which)})", "bullets": layout.bullet, "headed": f"{which})",
        }[layout.advice]  # fmt: skip
        if layout.advice == "headed":
            about = LABELS[one.about][0] if one.about else "The whole requirement"
            words = f"{about}: {words}"
        yield Row("advice", words, mark)


# Text


def as_text(layout: Layout, *, width: int = 78, lines: int = 46, **what) -> bytes:
    """A paper as plain text, its lines broken and its pages parted by form feeds."""
    rows: list[str] = []
    for row in rows_of(layout, **what):
        if row.kind == "table":
            rows += ["  ".join(cells) for cells in row.cells]
        elif row.kind == "bullet":
            rows += textwrap.wrap(f"{row.mark} {row.text}", width, initial_indent="  ",
                                  subsequent_indent="    ")  # fmt: skip
            continue
        else:
            words = f"{row.mark} {row.text}".strip()
            rows += ["", *textwrap.wrap(words, width)] if words else []
        if row.kind == "heading":
            rows.append("")
    if not layout.is_running:
        return "\n".join(rows).encode()
    pages = [rows[start : start + lines] for start in range(0, len(rows), lines)]
    printed = [
        "\n".join(["OFFICIAL", "", *page, "", f"Page {number} of {len(pages)}"])
        for number, page in enumerate(pages, start=1)
    ]
    return "\f".join(printed).encode()


# PDF


STYLE = """
@page { size: A4; margin: 25mm 22mm;
  @top-center { content: "OFFICIAL"; font: 9pt Arial, "Liberation Sans"; }
  @bottom-right { content: counter(page) " of " counter(pages); font: 9pt "Liberation Sans"; } }
body { font: 11pt "Liberation Serif"; hyphens: manual; text-align: justify; }
h1 { font-size: 15pt; } h2 { font-size: 11pt; margin: 14pt 0 6pt; }
p, li { margin: 0 0 6pt; } .n { display: flex; } .n > span { width: 10mm; flex: none; }
.b { margin-left: 12mm; } td { border: 0.5pt solid black; padding: 2pt; text-align: left; }
table { border-collapse: collapse; width: 100%; } tr { break-inside: avoid; }
"""


def as_html(layout: Layout, **what) -> str:
    said = []
    for row in rows_of(layout, **what):
        mark, text = html.escape(row.mark), html.escape(row.text)
        if row.kind == "table":
            cells = "".join(
                "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in line) + "</tr>"
                for line in row.cells
            )
            said.append(f"<table>{cells}</table>")
        elif row.kind in ("title", "heading"):
            tag = "h1" if row.kind == "title" else "h2"
            said.append(f"<{tag}>{mark} {text}</{tag}>")
        elif row.kind == "bullet":
            said.append(f'<p class="b">{mark} {text}</p>')
        elif row.kind == "paragraph" and mark:
            said.append(f'<div class="n"><span>{mark}</span><p>{text}</p></div>')
        else:
            said.append(f"<p>{mark} {text}</p>")
    plain = "" if layout.is_running else "@page { @top-center { content: none } " \
        "@bottom-right { content: none } }"  # fmt: skip
    return f"<style>{STYLE}{plain}</style><title>x</title>{''.join(said)}"


def as_pdf(layout: Layout, *, css: str = "", **what) -> bytes:
    import weasyprint  # takes a second, which tests of the other formats save

    return weasyprint.HTML(string=f"{as_html(layout, **what)}<style>{css}</style>").write_pdf()


# Word


def as_docx(layout: Layout, *, is_automatic: bool = True, **what) -> bytes:
    """A paper as a Word document; `is_automatic`: Word counts the paragraphs, nobody typed it."""
    document = docx.Document()
    if layout.is_running:
        document.sections[0].header.paragraphs[0].text = "OFFICIAL"
        document.sections[0].footer.paragraphs[0].text = "Chief Constable’s office"
    counted = _counting_style(document)
    for row in rows_of(layout, **what):
        mark = f"{row.mark}\t" if row.mark else ""
        if row.kind == "table":
            table = document.add_table(rows=len(row.cells), cols=len(row.cells[0]))
            table.style = "Table Grid"
            for line, cells in zip(table.rows, row.cells, strict=True):
                for cell, words in zip(line.cells, cells, strict=True):
                    cell.text = words
        elif row.kind == "title":
            document.add_heading(row.text, level=0)
        elif row.kind == "heading" and layout.headings == "bold":
            document.add_paragraph().add_run(row.text).bold = True
        elif row.kind == "heading":
            document.add_heading(f"{mark}{row.text}", level=1)
        elif row.kind == "bullet" and is_automatic:
            document.add_paragraph(row.text, style="List Bullet")
        elif row.kind == "paragraph" and is_automatic and layout.numbering == "run" and mark:
            document.add_paragraph(row.text, style=counted)
        else:
            document.add_paragraph(f"{mark}{row.text}")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _counting_style(document):
    """A style whose paragraphs Word counts "1." by itself."""
    numbering = document.part.numbering_part.element
    described, one = OxmlElement("w:abstractNum"), OxmlElement("w:num")
    described.set(qn("w:abstractNumId"), "90")
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for name, value in (("w:start", "1"), ("w:numFmt", "decimal"), ("w:lvlText", "%1.")):
        child = OxmlElement(name)
        child.set(qn("w:val"), value)
        level.append(child)
    described.append(level)
    numbering.insert(0, described)
    one.set(qn("w:numId"), "91")
    child = OxmlElement("w:abstractNumId")
    child.set(qn("w:val"), "90")
    one.append(child)
    numbering.append(one)
    style = document.styles.add_style("Counted", WD_STYLE_TYPE.PARAGRAPH)
    style.font.size = Pt(11)
    properties = style.element.get_or_add_pPr()
    numbered, key = OxmlElement("w:numPr"), OxmlElement("w:numId")
    key.set(qn("w:val"), "91")
    numbered.append(key)
    properties.append(numbered)
    return style
