"""What the renderers share: the same words and the same anchors in every format."""

import dataclasses
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reports.document import (
    Audience,
    Block,
    Figure,
    FigureContent,
    Inline,
    Paper,
    Paragraph,
    RecommendationItem,
    RecommendationList,
    Section,
    Strong,
    Table,
    Text,
    plain,
)
from reports.renderers.characters import printable

DRAFT_NOTICE = "Draft: this paper has not been issued."
UNTITLED = "Board paper"
CONTENTS_HEADING = "Contents"
ANNEX = "Annex"

# Names that the portal makes, and where the words came from: not printed.
_COLOUR = re.compile(r"#([0-9a-f]{6})")
_DATE = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
_NOT_PRINTED = {"identity", "target", "source", "language", "logo", "colour"}
# About 12 pages: a shorter paper is found through by its headings alone. What takes room besides
# words counts as words: a heading, the space about a paragraph, a chart; a table's count twice.
_WORDS_THAT_NEED_CONTENTS = 4800
_WORDS_OF_A_HEADING, _WORDS_OF_A_GAP, _WORDS_OF_A_CHART = 40, 12, 150
# Of a table, in millimetres on paper: a letter, what stands around a cell's words, all of it.
_LETTER, _PADDING, _TEXT_WIDTH = 1.9, 4, 156
LONGEST_WORD = 18  # letters, of a table's cell
MANY_COLUMNS = 7  # from here on a table's letters are smaller
_GOES_ON_WITHOUT_SPACE = tuple(",;:.)’'")


class UnclearedWords(ValueError):
    """A paper for the public holds words that nobody cleared for the public."""


@dataclass(frozen=True)
class Head:
    """The heading of a section as it is printed."""

    words: str
    level: int  # 2 to 4; never more than one below the heading before it
    anchor: str
    number: str = ""  # "3", "3.1" or "Annex A"

    @property
    def label(self) -> str:
        """The number as printed before the words: "3. ", "3.1 ", "Annex A: "."""
        if self.is_annex:
            return f"{self.number}: "
        return f"{label(self.number)} " if self.number else ""

    @property
    def text(self) -> str:
        return f"{self.label}{self.words}"

    @property
    def is_annex(self) -> bool:
        return self.number.startswith(ANNEX)

    @property
    def is_hung(self) -> bool:
        """Whether the number hangs beside the words, as a paragraph's does."""
        return self.number[:1].isdigit()


def prepared(paper: Paper) -> Paper:
    """The paper with nothing in it that some format could not print.

    Raises UnclearedWords where a public paper holds a restricted block: the
    last guard before words leave the house.
    """
    if paper.audience is Audience.PUBLIC:
        for part in (*paper.sections, *paper.blocks(), *paper.recommendations()):
            if _is_restricted(part):
                raise UnclearedWords(
                    f"The public edition of {paper.reference} holds {part.identity}, "
                    "which is not cleared for publication."
                )
    printed = _with_printable_words(paper)
    # A document without a title or a first heading fails PDF/UA-1 (ISO 14289-1, 7.1, 7.4.2).
    return printed if printed.title.strip() else dataclasses.replace(printed, title=UNTITLED)


def _is_restricted(part) -> bool:
    """Whether a part of a paper holds words that the public may not read."""
    if isinstance(part, RecommendationList) or part.is_withheld:
        return False
    for_public = (
        getattr(part, name, None) for name in ("public_bullets", "public_rows", "public_content")
    )
    return not part.is_public or bool(part.marking) or any(v is not None for v in for_public)


def colour(paper: Paper) -> str:
    """The six figures of the brand's colour; empty where there is none, or what is no colour."""
    written = _COLOUR.fullmatch(paper.brand.colour) if paper.brand else None
    return written[1] if written else ""


def logo_description(paper: Paper) -> str:
    """What is read aloud in the logo's place: a picture without words fails PDF/UA-1."""
    said = paper.brand.logo_description if paper.brand else ""
    return said or paper.force_name or "Logo"


def anchors(paper: Paper) -> dict[str, str]:
    """Where each identity stands: identity → an HTML id such as "paragraph-12".

    The first place counts where a recommendation is printed more than once.
    """
    found: dict[str, str] = {}
    tables = figures = unnumbered = 0
    for count, section in enumerate(paper.sections, start=1):
        found.setdefault(section.identity, f"section-{count}")
        for block in section.blocks:
            match block:
                case Paragraph(number=None):
                    unnumbered += 1
                    found.setdefault(block.identity, f"text-{unnumbered}")
                case Paragraph():
                    number = str(block.number).replace(".", "-")
                    found.setdefault(block.identity, f"paragraph-{number}")
                case Table():
                    tables += 1
                    found.setdefault(block.identity, f"table-{tables}")
                case Figure():
                    figures += 1
                    found.setdefault(block.identity, f"figure-{figures}")
                case RecommendationList():
                    for item in block.items:
                        found.setdefault(item.identity, f"recommendation-{item.number}")
    return _each_once(found)


def heads(paper: Paper) -> list[Head | None]:
    """The printed heading of each section; None where a section has no words for one.

    A heading never skips a level (PDF/UA-1, ISO 14289-1, 7.4.2), whatever the data say.
    """
    printed: list[Head | None] = []
    above = 1
    for count, section in enumerate(paper.sections, start=1):
        if not section.heading.strip():
            printed.append(None)
            continue
        above = max(2, min(section.level, above + 1))
        printed.append(Head(section.heading, above, f"section-{count}", section.number))
    return printed


def label(number: int | str | None) -> str:
    """A number as it is printed: "12.", "1.2", "A2"; empty where there is none."""
    if number is None:
        return ""
    return f"{number}." if str(number).isdigit() else str(number)


def caption(table: Table) -> str:
    """The caption with the table's number, where it has one."""
    return f"Table {table.number}: {table.caption}" if table.number else table.caption


def figure_caption(figure: Figure) -> str:
    return f"Figure {figure.number}: {figure.title}"


def figure_table_caption(figure: Figure) -> str:
    """Over the table of a chart; over one that stands alone, the figure's own is enough."""
    return f"Figure {figure.number} as a table"


def keeps_words_whole(header: tuple[str, ...], rows: tuple[tuple, ...]) -> bool:
    """Whether a table is no wider than the page when no word is broken but a very long one."""
    longest = [max(map(len, words.split(" "))) for words in header]
    for row in rows:
        for place, cell in enumerate(row):
            words = cell.text.split(" ") if cell else [""]
            longest[place] = max(longest[place], *map(len, words))
    letters = sum(min(long, LONGEST_WORD) for long in longest)
    return letters * _LETTER + len(longest) * _PADDING <= _TEXT_WIDTH


def is_date(words: str) -> bool:
    """Whether a cell holds a date and nothing else: it stays on one line."""
    return bool(_DATE.fullmatch(words))


def needs_breaking(words: str) -> bool:
    """Whether a word of a cell is so long that it has to be broken."""
    return any(len(word) > LONGEST_WORD for word in words.split(" "))


def needs_contents(paper: Paper) -> bool:
    """Whether the paper is long enough for a list of contents: some twelve pages."""
    headings = len(paper.sections) * _WORDS_OF_A_HEADING
    return headings + sum(map(_length, paper.blocks())) > _WORDS_THAT_NEED_CONTENTS


def sentence(item: RecommendationItem) -> tuple[Inline, ...]:
    """The whole sentence of a recommendation: its addressee, then what is asked."""
    if item.is_withheld or not item.addressee:
        return item.inlines
    words = plain(item.inlines)
    gap = "" if words[:1].isspace() or words.startswith(_GOES_ON_WITHOUT_SPACE) else " "
    return (Strong(item.addressee), Text(gap), *item.inlines)


def hanging(blocks: tuple[Block, ...]) -> list[bool]:
    """Of each block, whether it goes on from a numbered paragraph, and so stands beneath its words.

    What comes between a number and it, such as a table, ends that.
    """
    found, goes_on = [], False
    for block in blocks:
        has_number = isinstance(block, Paragraph) and block.number is not None
        goes_on = isinstance(block, Paragraph) and (has_number or goes_on)
        found.append(goes_on and not has_number)
    return found


def shown_bullets(paragraph: Paragraph) -> tuple[tuple[Inline, ...], ...]:
    """The bullets to print: none under a paragraph whose words are withheld."""
    return () if paragraph.is_withheld else paragraph.bullets


def is_only_bullets(paragraph: Paragraph) -> bool:
    """Whether nothing stands before the bullets, not even a number."""
    no_words = paragraph.number is None and not plain(paragraph.inlines).strip()
    return no_words and bool(shown_bullets(paragraph))


def restriction(part: Section | Paragraph | RecommendationItem | Table | Figure) -> str:
    """The words on a part's marking and that it is not for publication; empty for all others."""
    if part.is_withheld:
        return ""
    said = [part.marking] if part.marking else []
    if not part.is_public:
        under = part.withheld_under
        said.append(f"Not for publication: {under}" if under else "Not for publication")
    return f"[{'. '.join(said)}]" if said else ""


def date_in_words(date: datetime.date) -> str:
    """Such as "7 February 2017"; independent of the language of the machine."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def document_title(paper: Paper) -> str:
    """The title a browser's tab, a PDF reader and Word show."""
    parts = (paper.title, paper.force_name, date_in_words(paper.meeting_on), paper.edition_label)
    return ", ".join(part for part in (*parts, "draft" if paper.is_draft else "") if part)


def rows_of_equal_length(
    table: Table | FigureContent,
) -> tuple[tuple[str, ...], tuple[tuple, ...], int]:
    """The header, the rows and the number of columns; short rows end in empty cells.

    Rows of unequal length and a table without a row fail PDF/UA-1 (ISO 14289-1, 7.5).
    """
    width = max(1, *map(len, (table.header, *table.rows)))
    header = table.header + ("",) * (width - len(table.header))
    rows = tuple(row + (None,) * (width - len(row)) for row in table.rows or ((),))
    return header, rows, width


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip


def _with_printable_words(value):
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, tuple):
        return tuple(map(_with_printable_words, value))
    if dataclasses.is_dataclass(value):
        names = (f.name for f in dataclasses.fields(value) if f.name not in _NOT_PRINTED)
        words = {name: _with_printable_words(getattr(value, name)) for name in names}
        return dataclasses.replace(value, **words)
    return value


def _each_once(found: dict[str, str]) -> dict[str, str]:
    """The same anchors, with a letter added where two places would share one."""
    taken: set[str] = set()
    for identity, anchor in found.items():
        unique = anchor
        while unique in taken:
            unique += "a"
        taken.add(unique)
        found[identity] = unique
    return found


def _length(block: Block) -> int:
    words = sum(len(words.split()) for words in _words(block))
    if isinstance(block, Figure):
        return _WORDS_OF_A_CHART + 2 * words
    if isinstance(block, Table):
        return 2 * words
    parts = len(block.items) if isinstance(block, RecommendationList) else 1
    return words + parts * _WORDS_OF_A_GAP


def _words(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield plain(block.inlines)
            yield from map(plain, block.bullets)
        case Figure():
            yield from (cell.text for row in block.content.rows for cell in row)
        case Table():
            yield from (cell.text for row in block.rows for cell in row)
        case RecommendationList():
            yield from (plain(item.inlines) for item in block.items)
