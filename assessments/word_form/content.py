"""What a form asks and holds, as plain data: the writer draws it, the reader knows it again."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from assessments.models import Assessment, Response
from assessments.word_form.signing import FormIdentity
from assessments.word_form.words import OURS
from spr_portal.plain_text import blocks, clean
from threats.models import AnswerKind
from threats.selectors import AskedPart, AskedQuestion, RatingChoice

MARKING = "OFFICIAL"
NO_RATING = "No answer yet"
HOW_TO = (
    "Write in the boxes. A new paragraph and bullets come over as they are; pictures, colours and "
    "tables do not. Leave the questions and the boxes where they are.",
    "When you are back, upload this file on the page you took it from. You see what would change, "
    "answer by answer, before anything is saved. What others have saved meanwhile is not lost.",
    "Keep and send this file as the marking of what you write in it requires.",
)
LAST_YEAR = "What last year’s assessment said"
CODE_LINE = "The portal knows this form by the next line. Please leave it as it is."


@dataclass(frozen=True)
class FormQuestion:
    number: int
    question: AskedQuestion
    version: int
    text: str
    rating: str  # a label, or empty
    choices: tuple[RatingChoice, ...]  # of a rating
    carried: str  # last year's words, or empty

    @property
    def heading(self) -> str:
        return f"{self.number}. {self.question.prompt}"

    @property
    def tag(self) -> str:
        """What the content control of the answer is called: the question's code and version."""
        return f"{self.question.code}:{self.version}"

    @property
    def bookmark(self) -> str:
        """The same for programs that lose content controls; Word allows 40 letters and digits."""
        return f"{OURS}{self.number}"


@dataclass(frozen=True)
class FormPart:
    label: str
    guidance: str
    questions: tuple[FormQuestion, ...]


@dataclass(frozen=True)
class Form:
    title: str
    force: str
    facts: tuple[str, ...]
    parts: tuple[FormPart, ...]
    identity: FormIdentity
    marking: str = MARKING

    @property
    def questions(self) -> Iterator[FormQuestion]:
        for part in self.parts:
            yield from part.questions


def form_of(
    assessment: Assessment,
    *,
    parts: Iterable[AskedPart],
    responses: Iterable[Response],
    choices: tuple[RatingChoice, ...],
    codes: Collection[str] | None,
    today: datetime.date,
) -> Form:
    """The form with the questions of these codes, None for all; numbered as in the whole.

    `responses` come with their `carried` answers.
    """
    by_code = {response.question.code: response for response in responses}
    numbers = {
        question.code: number
        for number, question in enumerate(
            (question for part in parts for question in part.questions), start=1
        )
    }
    asked = []
    for part in parts:
        questions = tuple(
            _question(numbers[question.code], question, by_code[question.code], choices)
            for question in part.questions
            if question.code in by_code and (codes is None or question.code in codes)
        )
        if questions:
            asked.append(FormPart(part.label, part.guidance, questions))
    cycle = assessment.cycle
    return Form(
        title=f"Self-assessment: {assessment.threat.label}, {cycle.year_in_words}",
        force=cycle.force.name,
        marking=assessment.marking_in_words,
        facts=(
            f"Answers describe the position as at {_day(cycle.as_at)} and are due on "
            f"{_day(cycle.due_on)}. This form was made on {_day(today)}.",
        ),
        parts=tuple(asked),
        identity=FormIdentity(
            force=cycle.force.code,
            reference=assessment.reference,
            made_on=today,
            versions={row.question.code: row.version for part in asked for row in part.questions},
        ),
    )


def own_lines(form: Form) -> Iterator[str]:
    """Every line that the form itself prints, so that what a person typed can be told from it."""
    yield from (MARKING, form.marking, form.force, form.title, *form.facts, *HOW_TO, CODE_LINE)
    for part in form.parts:
        yield part.label
        yield from lines_of(part.guidance)
        for asked in part.questions:
            yield asked.heading
            yield from lines_of(asked.question.guidance)
            yield from (choice_line(choice) for choice in asked.choices)
            if asked.carried:
                yield LAST_YEAR
                yield from lines_of(asked.carried)


def lines_of(text: str) -> Iterator[str]:
    """The paragraphs and bullets of a plain text, one after another."""
    for block in blocks(text):
        if block.text:
            yield block.text
        yield from block.bullets


def paragraphs_of(text: str) -> Iterator[tuple[str, bool]]:
    """Each paragraph of an answer, its line breaks kept, and whether it is a bullet."""
    lines: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line and not line.startswith("- "):
            lines.append(line)
            continue
        if lines:
            yield "\n".join(lines), False
        lines = []
        if line:
            yield line[2:], True


def text_of(paragraphs: Iterable[tuple[str, bool]]) -> str:
    """The answer that such paragraphs are: what `paragraphs_of` gave is, in effect, the same."""
    text = ""
    for words, is_bullet in paragraphs:
        if not words.strip():
            continue
        if is_bullet:
            words = "- " + " ".join(words.split())
        parting = "\n" if is_bullet else "\n\n"
        text += (parting if text else "") + words
    return clean(text)


def reads_as(text: str) -> tuple[str, ...]:
    """What a reader sees of a plain text, however its lines are broken; bullets begin with "- "."""
    return tuple(
        words
        for block in blocks(text)
        for words in (block.text, *(f"- {bullet}" for bullet in block.bullets))
        if words
    )


def choice_line(choice: RatingChoice) -> str:
    return f"{choice.label}: {choice.description}" if choice.description else choice.label


def _question(
    number: int, question: AskedQuestion, response: Response, choices: tuple[RatingChoice, ...]
) -> FormQuestion:
    carried = getattr(response, "carried", None)
    is_rating = question.kind == AnswerKind.RATING
    return FormQuestion(
        number=number,
        question=question,
        version=response.version,
        text="" if is_rating else response.text,
        rating=response.rating.label if is_rating and response.rating else "",
        choices=choices if is_rating else (),
        carried=(carried.rating_label or carried.text) if carried else "",
    )


def _day(date: datetime.date) -> str:
    return f"{date.day} {date:%B %Y}"
