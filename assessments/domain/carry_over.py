"""What last year's assessments said, brought over to stand beside this year's answers.

Nothing here touches an answer: a copied year must not look finished. Words
come over by value; open vulnerabilities and findings as rows of their own that
somebody must look at before the assessment is submitted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from assessments.domain.carried_items import carry_items
from assessments.enums import Standing
from assessments.models import Assessment, CarriedAnswer, Cycle, Response, ResponseVersion
from assessments.selectors import cycle_after, cycle_before
from threats.models import AnswerKind, RatingPoint
from threats.selectors import Descent, descents

LABEL_LIMIT = CarriedAnswer._meta.get_field("threat_label").max_length


def standing_of(response: Response) -> Standing:
    """How the answer stands to last year's. Reads `response.carried`: select it with the row."""
    carried = getattr(response, "carried", None)
    if not response.is_answered:
        return Standing.NOT_REVIEWED if carried else Standing.EMPTY
    if carried is None:
        return Standing.NEW
    return Standing.UNCHANGED if _is_the_same(response, carried) else Standing.CHANGED


def _is_the_same(response: Response, carried: CarriedAnswer) -> bool:
    """A point of another scale that is called the same says the same."""
    rating = response.rating
    now = (rating.code, rating.label) if rating else ("", "")
    return response.text == carried.text and now == (carried.rating_code, carried.rating_label)


def mark_of(carried: CarriedAnswer) -> str:
    """Tells these words of last year from others: whoever confirms some has read those."""
    said = "\0".join((carried.text, carried.rating_code, carried.rating_label))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def carry_over(cycle: Cycle, *, threat_codes: Collection[str] | None = None) -> str:
    """Bring over what the force's cycle before this one said; returns that year, or "".

    Can be done again when last year's words have changed: an answer that is
    begun keeps the words it was begun beside, an item that somebody touched
    stays as they left it. Last year's ratings always follow: nobody writes on
    top of them, and the board compares with them. A closed cycle is left alone.
    """
    before = cycle_before(cycle)
    if before is None or cycle.closed_at:
        return ""
    origins = descents(cycle.edition, before.edition)
    wanted = origins.keys() if threat_codes is None else threat_codes
    with transaction.atomic():
        assessments = list(
            Assessment.objects.select_for_update(of=("self",), no_key=True)
            .filter(cycle=cycle, threat__code__in=wanted)
            .select_related("threat")
            .order_by("pk")
        )
        _carry_answers(assessments, origins, before)
        carry_items(assessments, origins, before)
    return before.year


def carry_again(assessment: Assessment) -> None:
    """Last year's assessment stands anew: next year's get its words where nobody has begun."""
    cycle = assessment.cycle
    after = cycle_after(cycle)
    if after is None:
        return
    code = assessment.threat.code
    heirs = [
        heir
        for heir, descent in descents(after.edition, cycle.edition).items()
        if code in {threat.code for threat in descent.earlier}
    ]
    carry_over(after, threat_codes=heirs)


@dataclass(frozen=True)
class _Said:
    """What one of last year's assessments said to one question."""

    kind: str  # of the question: a rating is not carried to where words are asked for
    label: str
    text: str
    rating: RatingPoint | None


def _carry_answers(
    assessments: list[Assessment], origins: Mapping[str, Descent], before: Cycle
) -> None:
    said = _said_in(before)
    made: list[CarriedAnswer] = []
    responses = Response.objects.filter(assessment__in=assessments)
    for response in responses.select_related("question", "assessment__threat", "carried"):
        sources = origins[response.assessment.threat.code].earlier
        words = [
            found
            for source in sources
            if (found := said.get((source.code, response.question.code)))
            and found.kind == response.question.kind
        ]
        made += _carry_answer(response, words, before.year)
    CarriedAnswer.objects.bulk_create(made)


def _carry_answer(response: Response, words: list[_Said], year: str) -> list[CarriedAnswer]:
    """The row to be made, if there was none; one that is there follows what was said."""
    carried = getattr(response, "carried", None)
    values = _joined(words) | {"year": year} if words else {}
    if carried is None:
        return [CarriedAnswer(response=response, **values)] if values else []
    follows = response.version == 0 or response.question.kind == AnswerKind.RATING
    if follows and not values:
        carried.delete()
    elif follows and any(getattr(carried, name) != value for name, value in values.items()):
        CarriedAnswer.objects.filter(pk=carried.pk).update(**values)
    return []


def _joined(words: list[_Said]) -> dict[str, str]:
    """The words of one threat as they are; those of several, each under the threat's name."""
    texts = [f"{said.label}\n\n{said.text}" for said in words if said.text]
    if len(words) == 1:
        texts = [words[0].text]
    values = {
        "threat_label": " and ".join(said.label for said in words)[:LABEL_LIMIT],
        "text": "\n\n".join(texts),
    }
    return values | _rating_values(said.rating for said in words if said.rating)


def _rating_values(points: Iterable[RatingPoint]) -> dict[str, str]:
    """By value, where there was one rating: several threats' different ones make none."""
    found = {point.pk: point for point in points}
    point = found.popitem()[1] if len(found) == 1 else None
    return {
        "rating_code": point.code if point else "",
        "rating_label": point.label if point else "",
        "rating_tone": point.tone if point else "",
        "rating_symbol": point.symbol if point else "",
        "scale_code": point.scale.code if point else "",
    }


def _said_in(cycle: Cycle) -> dict[tuple[str, str], _Said]:
    """What a cycle's assessments say, by the codes of threat and question.

    Of an answer that a contributor has drafted over, what the lead accepted
    last; nothing where no lead has accepted anything.
    """
    responses = list(
        Response.objects.filter(assessment__cycle=cycle, version__gt=0).select_related(
            "question", "rating__scale", "assessment__threat"
        )
    )
    accepted = _accepted_versions([response for response in responses if response.is_draft])
    said = {}
    for response in responses:
        stands = accepted.get(response.pk) if response.is_draft else response
        if stands and (stands.text.strip() or stands.rating_id):
            threat = response.assessment.threat
            said[threat.code, response.question.code] = _Said(
                kind=response.question.kind,
                label=threat.label,
                text=stands.text,
                rating=stands.rating,
            )
    return said


def _accepted_versions(drafts: list[Response]) -> dict[int, ResponseVersion]:
    wanted = {response.pk: response.accepted_version for response in drafts}
    versions = ResponseVersion.objects.filter(response__in=list(wanted))
    return {
        row.response_id: row
        for row in versions.select_related("rating__scale")
        if row.version == wanted[row.response_id]
    }
