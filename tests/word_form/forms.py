"""Word forms for tests: made without a database, filled in and spoilt as people and programs do."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from assessments.word_form.content import Form, FormPart, FormQuestion
from assessments.word_form.signing import FormIdentity
from assessments.word_form.writing import write_form
from threats.selectors import AskedQuestion, RatingChoice

CHOICES = tuple(
    RatingChoice(code, label, description, "green", "", False)
    for code, label, description in (
        ("green", "Green", "The requirement is met."),
        ("amber", "Amber", "The requirement is met in part."),
        ("not-rated", "Not rated", ""),
    )
)
DOCUMENT = "word/document.xml"


def make_form(*texts: str, rating: str | None = None, carried: str = "") -> Form:
    """A form that asks for each text, and for a rating where one is given (a label or empty)."""
    asked = [
        _question(number, text, carried=carried if number == 1 else "")
        for number, text in enumerate(texts, start=1)
    ]
    if rating is not None:
        asked.append(_question(len(asked) + 1, "", rating=rating, choices=CHOICES))
    return Form(
        title="Self-assessment: Terrorism, 2016/17",
        force="West Midlands Police",
        facts=("Answers are due on 31 August 2016.",),
        parts=(FormPart("Capacity", "What can be brought to bear.", tuple(asked)),),
        identity=FormIdentity(
            force="wmp",
            reference="wmp-2016-17-terrorism",
            made_on=datetime.date(2016, 6, 1),
            versions={row.question.code: row.version for row in asked},
        ),
    )


def _question(number: int, text: str, *, rating: str = "", choices=(), carried: str = ""):
    question = AskedQuestion(
        code=f"question-{number}",
        prompt=f"What is number {number}?",
        guidance="Say how many.\n\n- trained\n- in post",
        kind="rating" if choices else "narrative",
        level="",
        is_required=True,
        threat_codes=frozenset(),
    )
    return FormQuestion(
        number=number,
        question=question,
        version=number,
        text=text,
        rating=rating,
        choices=choices,
        carried=carried,
    )


def filled(form: bytes, answers: dict[str, str]) -> bytes:
    """The form with other words in the boxes of these questions, each line a paragraph."""
    document = docx.Document(io.BytesIO(form))
    for control in list(document.element.iter(qn("w:sdt"))):
        code = control.find(f".//{qn('w:tag')}").get(qn("w:val")).rpartition(":")[0]
        if code in answers:
            _fill(control.find(qn("w:sdtContent")), answers[code])
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _fill(content, words: str) -> None:
    is_block = content.find(qn("w:p")) is not None
    for child in list(content):
        content.remove(child)
    for line in words.split("\n"):
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = line
        text.set(qn("xml:space"), "preserve")
        run.append(text)
        if is_block:
            paragraph = OxmlElement("w:p")
            paragraph.append(run)
            content.append(paragraph)
        else:
            content.append(run)


def changed(form: bytes, part: str, change) -> bytes:
    """The file with one part as `change` makes it of its text; None leaves the part out."""
    saved = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(form)) as before,
        zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            if name == part:
                content = change(content.decode())
                if content is None:
                    continue
            after.writestr(name, content)
    return saved.getvalue()


def with_part(form: bytes, part: str, content: str) -> bytes:
    saved = io.BytesIO(form)
    with zipfile.ZipFile(saved, "a") as package:
        package.writestr(part, content)
    return saved.getvalue()


def without_controls(form: bytes) -> bytes:
    """As programs save it that know no content controls."""
    return changed(
        form,
        DOCUMENT,
        lambda xml: re.sub(r"<w:sdtPr>.*?</w:sdtPr>|</?w:sdt(Content)?>", "", xml, flags=re.S),
    )


def without_bookmarks(form: bytes) -> bytes:
    return changed(form, DOCUMENT, lambda xml: re.sub(r"<w:bookmark[^>]*>", "", xml))


def written(*texts: str, **more) -> tuple[Form, bytes]:
    form = make_form(*texts, **more)
    return form, write_form(form)
