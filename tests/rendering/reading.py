"""Read back what a renderer wrote, without the renderer's own code."""

import io
import re
from html.parser import HTMLParser

import docx
import page
import pikepdf
import pypdf
from docx.oxml.ns import qn

_LEFT_OUT = {"paper-marking-foot", "paper-contents"}
_VOID = {"meta", "br", "link", "img", "hr", "input"}
_INLINE = {"strong", "a", "span"}
_DRAWN = {"svg"}  # a picture: what is read aloud in its place is asserted by itself


class _Words(HTMLParser):
    """The text of <main>, without what the PDF has in its margins or works out itself."""

    def __init__(self):
        super().__init__()
        self.parts, self._open, self.tags = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag not in _INLINE:
            self.parts.append(" ")
        if tag in _VOID:
            return
        classes = set((dict(attrs).get("class") or "").split())
        self._open.append((tag, bool(classes & _LEFT_OUT)))
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in _INLINE:
            self.parts.append(" ")
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        inside = {tag for tag, _ in self._open}
        is_drawn = bool(inside & _DRAWN)
        if "main" in inside and not is_drawn and not any(out for _, out in self._open):
            self.parts.append(data)


def parsed_html(content: bytes) -> _Words:
    parser = _Words()
    parser.feed(content.decode())
    parser.close()
    return parser


def html_words(content: bytes) -> list[str]:
    return "".join(parsed_html(content).parts).split()


def pdf_words(content: bytes) -> list[str]:
    """The words read aloud: without those of artifacts, such as running heads, and of charts."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for sheet in pdf.pages:
            kept, depth = [], []
            for operands, operator in pikepdf.parse_content_stream(sheet):
                if str(operator) in ("BDC", "BMC"):
                    depth.append(str(operands[0]) in ("/Artifact", "/Figure"))
                if str(operator) not in ("Tj", "TJ", "Do") or not any(depth):
                    kept.append((operands, operator))
                if str(operator) == "EMC":
                    depth.pop()
            sheet.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
        without_margins = io.BytesIO()
        pdf.save(without_margins)
    return [word for word in pdf_text(without_margins.getvalue()).split() if word != "•"]


def pdf_text(content: bytes) -> str:
    return "\n".join(pdf_pages(content))


def pdf_pages(content: bytes) -> list[str]:
    return [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(content)).pages]


def pdf_tags(content: bytes) -> list[tuple[int, str, object]]:
    """(depth, tag, element) of the structure, in reading order."""
    found = _Tags()

    def walk(element, depth):
        found.append((depth, str(element.S), element))
        for kid in element.get("/K", ()):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                walk(kid, depth + 1)

    found.pdf = pikepdf.open(io.BytesIO(content))
    walk(found.pdf.Root.StructTreeRoot.K[0], 0)
    return found


class _Tags(list):
    """A list that keeps its file open as long as its elements are looked at."""


def failures(content: bytes) -> list[str]:
    """Every rule of PDF/UA-1 and PDF/A-3a that the file breaks."""
    reports = [page.validate_pdf_bytes(content, profile=profile) for profile in ("ua1", "3a")]
    return [f"{failure.rule_id}: {failure.message}" for r in reports for failure in r.failures]


def word_paragraphs(content: bytes) -> list[tuple[str, str, str]]:
    """(style, printed number, text) of each paragraph, counted as Word counts."""
    document = docx.Document(io.BytesIO(content))
    counter = _WordCounter(document)
    found = []
    for element in document.element.body.iter(qn("w:p")):
        paragraph = docx.text.paragraph.Paragraph(element, document)
        found.append((paragraph.style.name, counter.label(paragraph), paragraph.text))
    return found


def docx_words(content: bytes) -> list[str]:
    words = []
    for style, label, text in word_paragraphs(content):
        if not style.startswith(("TOC", "toc", "Contents")):
            words += f"{label.replace('•', '')} {text}".split()
    return words


class _WordCounter:
    """Word's own rule: counts for each level of an abstract list, set anew by the first use of an
    override, and those of deeper levels begun again by each of a higher one."""

    def __init__(self, document):
        root = document.part.numbering_part.element
        self._texts = {
            abstract.get(qn("w:abstractNumId")): [
                level.find(qn("w:lvlText")).get(qn("w:val"))
                for level in abstract.findall(qn("w:lvl"))
            ]
            for abstract in root.findall(qn("w:abstractNum"))
        }
        self._nums = {num.get(qn("w:numId")): num for num in root.findall(qn("w:num"))}
        self._counts, self._used = {}, set()

    def label(self, paragraph) -> str:
        num_id, level = self._num_id(paragraph)
        if num_id is None:
            return ""
        num = self._nums[num_id]
        abstract = num.find(qn("w:abstractNumId")).get(qn("w:val"))
        counts = self._counts.setdefault(abstract, [0] * 9)
        if num_id not in self._used:
            self._used.add(num_id)
            for override in num.findall(qn("w:lvlOverride")):
                at = int(override.get(qn("w:ilvl")))
                start = int(override.find(qn("w:startOverride")).get(qn("w:val")))
                counts[at] = start - 1 if at == level else start
        counts[level] += 1
        counts[:level] = [count or 1 for count in counts[:level]]
        counts[level + 1 :] = [0] * (8 - level)
        text = self._texts[abstract][level]
        return re.sub(r"%(\d)", lambda which: str(counts[int(which[1]) - 1]), text)

    @staticmethod
    def _num_id(paragraph):
        for properties in (paragraph._p.pPr, paragraph.style.element.pPr):
            found = None if properties is None else properties.find(f".//{qn('w:numPr')}")
            if found is not None:
                level = found.find(qn("w:ilvl"))
                at = 0 if level is None else int(level.get(qn("w:val")))
                return found.find(qn("w:numId")).get(qn("w:val")), at
        return None, 0
