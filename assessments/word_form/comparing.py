"""What a form that came back would change, answer by answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from assessments.forms.answers import ANSWER_LIMIT
from assessments.models import Assessment, Response, ResponseVersion
from assessments.word_form.content import NO_RATING, Form, FormQuestion, reads_as
from assessments.word_form.reading import ReadForm
from assessments.word_form.signing import FormIdentity


class Effect(StrEnum):
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    STALE = "stale"  # somebody saved a newer version since the form was made
    REFUSED = "refused"  # it cannot be taken; `reason` says why


@dataclass(frozen=True)
class ReturnedAnswer:
    """An answer of the form beside what is saved. `words` are the form's, a rating its label."""

    asked: FormQuestion
    response: Response
    effect: Effect
    words: str
    rating: str = ""  # the code of a rating point
    reason: str = ""
    has_picture: bool = False

    @property
    def saved(self) -> str:
        return self.response.rating.label if self.response.rating else self.response.text

    @property
    def empties(self) -> bool:
        return bool(self.saved) and not self.words


def compared(
    read: ReadForm,
    form: Form,
    identity: FormIdentity,
    responses: Iterable[Response],
    *,
    refused: Mapping[str, str],
) -> Iterator[ReturnedAnswer]:
    """Each answer found in the file, in the order of the form.

    `form` is as the portal would make it now; `refused` says by a question's
    code why this person may not change an answer, empty where they may.
    """
    by_code = {response.question.code: response for response in responses}
    began = _words_at(identity.versions, by_code)
    for asked in form.questions:
        code = asked.question.code
        if code not in read.answers or code not in identity.versions:
            continue
        words, rating, wrong = _given(asked, read.answers[code])
        answer = ReturnedAnswer(
            asked=asked,
            response=by_code[code],
            effect=Effect.CHANGED,
            words=words,
            rating=rating,
            has_picture=code in read.with_pictures,
        )
        is_theirs = asked.version != identity.versions[code]
        reason = wrong or refused.get(code, "")
        shown = reads_as(words)
        if shown == reads_as(answer.saved) or (
            is_theirs and shown == reads_as(began.get(code, ""))
        ):
            yield _with(answer, Effect.UNCHANGED)
        elif reason:
            yield _with(answer, Effect.REFUSED, reason)
        else:
            yield _with(answer, Effect.STALE if is_theirs else Effect.CHANGED)


def not_found(read: ReadForm, form: Form, identity: FormIdentity) -> list[FormQuestion]:
    """Questions that the form asked and whose answers are not in the file."""
    return [
        asked
        for asked in form.questions
        if asked.question.code in identity.versions and asked.question.code not in read.answers
    ]


def is_of(identity: FormIdentity, assessment: Assessment) -> bool:
    return (identity.force, identity.reference) == (assessment.force.code, assessment.reference)


def _given(asked: FormQuestion, words: str) -> tuple[str, str, str]:
    """The words, the code of the rating they name, and why they cannot be taken."""
    if not asked.choices:
        if len(words) > ANSWER_LIMIT:
            return (
                words,
                "",
                (
                    f"It has {len(words):,} characters; an answer can have {ANSWER_LIMIT:,}. "
                    "Shorten it in the form and upload it again."
                ),
            )
        return words, "", ""
    if words in ("", NO_RATING):
        return "", "", ""
    for choice in asked.choices:
        if choice.label.casefold() == words.casefold():
            return choice.label, choice.code, ""
    return words, "", "It is none of the ratings of the scale."


def _words_at(versions: Mapping[str, int], responses: Mapping[str, Response]) -> dict[str, str]:
    """What stood in the form, where another version stands there now; one query, or none."""
    wanted = Q()
    for code, version in versions.items():
        if code in responses and version and responses[code].version != version:
            wanted |= Q(response=responses[code].pk, version=version)
    if not wanted:
        return {}
    rows = ResponseVersion.objects.filter(wanted).select_related("rating", "response__question")
    return {
        row.response.question.code: row.rating.label if row.rating else row.text for row in rows
    }


def _with(answer: ReturnedAnswer, effect: Effect, reason: str = "") -> ReturnedAnswer:
    return ReturnedAnswer(**{**vars(answer), "effect": effect, "reason": reason})
