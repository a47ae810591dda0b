"""Every read of editions. None depends on who asks: editions are the same for all forces."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Prefetch, QuerySet

from threats.models import (
    Criterion,
    Edition,
    Place,
    Question,
    QuestionPart,
    RatingPoint,
    RatingScale,
    Relation,
    Threat,
    ThreatLabel,
    ThreatMapping,
)


@dataclass(frozen=True)
class AskedQuestion:
    code: str
    prompt: str
    guidance: str
    kind: str  # an AnswerKind
    level: str  # a Level, or empty
    is_required: bool
    threat_codes: frozenset[str]  # empty: asked of every threat


@dataclass(frozen=True)
class AskedPart:
    """A page of the task list as plain data, with its questions in order."""

    code: str
    label: str
    guidance: str
    criterion_code: str  # empty where the part asks about none of the five Cs
    criterion_label: str
    questions: tuple[AskedQuestion, ...]


@dataclass(frozen=True)
class RatingChoice:
    code: str
    label: str
    description: str
    tone: str  # a Tone
    symbol: str
    is_not_rated: bool


@dataclass(frozen=True)
class EarlierThreat:
    code: str
    label: str  # as its own edition has it


@dataclass(frozen=True)
class Descent:
    """Where a threat comes from: none for a new one, several for one that joins others."""

    relation: Relation
    earlier: tuple[EarlierThreat, ...]


def all_editions() -> QuerySet[Edition]:
    """The newest first."""
    return Edition.objects.all()


def newest_edition() -> Edition | None:
    return Edition.objects.first()


def threat_labels(edition: Edition, place: Place) -> QuerySet[ThreatLabel]:
    """What each threat is called in a place of the paper, in that place's order; one query."""
    return (
        ThreatLabel.objects.filter(threat__edition=edition, place=place)
        .select_related("threat")
        .order_by("order")
    )


def printed_labels(edition: Edition, place: Place) -> tuple[tuple[str, str], ...]:
    """Code and label of each threat in a place of the paper, in that place's order."""
    return _printed_labels(edition.pk, edition.checksum, place)


@lru_cache(maxsize=64)  # for the reason given at _parts_for
def _printed_labels(edition_pk: int, checksum: str, place: Place) -> tuple[tuple[str, str], ...]:
    labels = ThreatLabel.objects.filter(threat__edition_id=edition_pk, place=place)
    return tuple(labels.order_by("order").values_list("threat__code", "label"))


def labels_of_threats(edition: Edition) -> dict[str, tuple[str, ...]]:
    """What each threat of an edition is called in any place, here or in another edition."""
    threats = Threat.objects.filter(code__in=edition.threats.values("code"))
    called: dict[str, dict[str, None]] = defaultdict(dict)
    rows = threats.values_list("code", "label", "labels__label", "edition_id")
    for code, official, label, _ in sorted(rows, key=lambda row: row[3] != edition.pk):
        called[code] |= {official: None} | ({label: None} if label else {})
    return {code: tuple(labels) for code, labels in called.items()}


def criteria_of(edition: Edition) -> QuerySet[Criterion]:
    """The five Cs in the edition's order; those of one group stand together."""
    return edition.criteria.order_by("order")


def rating_scales_of(edition: Edition) -> QuerySet[RatingScale]:
    """With their points; two queries. The one a new cycle offers first has `is_proposed`."""
    return edition.rating_scales.order_by("order").prefetch_related("points")


def rating_choices(edition: Edition, scale: RatingScale) -> tuple[RatingChoice, ...]:
    """The points of one of the edition's scales as plain data, best first, not rated last."""
    return rating_choices_by_code(edition, scale.code)


def rating_choices_by_code(edition: Edition, scale_code: str) -> tuple[RatingChoice, ...]:
    """The same, for who knows no more of the scale than its code."""
    return _rating_choices(edition.pk, edition.checksum, scale_code)


def mappings_of(edition: Edition) -> QuerySet[ThreatMapping]:
    """How the edition's threats follow from those of earlier ones; one query."""
    return edition.mappings.select_related("earlier_edition", "earlier_threat", "threat")


def descent_of(edition: Edition, threat_code: str, earlier: Edition) -> Descent:
    """How a threat of an edition follows from those of another one, which may be the same."""
    return descents(edition, earlier)[threat_code]


def descents(edition: Edition, earlier: Edition) -> dict[str, Descent]:
    """The same for every threat of the edition, by code in the edition's order.

    Editions that do not follow one another directly are joined through those
    between them; where there is no way at all, equal codes mean the same threat.
    """
    return dict(_descents(edition.pk, edition.checksum, earlier.pk, earlier.checksum))


def retired_threats(edition: Edition, earlier: Edition) -> tuple[EarlierThreat, ...]:
    """Threats of the earlier edition that live on in none of this one, in their order."""
    living = {
        threat for descent in descents(edition, earlier).values() for threat in descent.earlier
    }
    listed = _threats_of(earlier.pk, earlier.checksum)
    return tuple(threat for threat in listed if threat not in living)


def parts_for(edition: Edition, threat_code: str) -> tuple[AskedPart, ...]:
    """What is asked about a threat, in order; parts that ask nothing of it are left out."""
    return _parts_for(edition.pk, edition.checksum, threat_code)


# An edition in use never changes, and one that is loaded anew has another checksum,
# so what was read once in this process holds. Only plain data is kept, no rows.
# However many threats an edition has, it is read once: a page about all of them asks for each.
@lru_cache(maxsize=64)
def _parts_in(edition_pk: int, checksum: str) -> tuple[AskedPart, ...]:
    parts = (
        QuestionPart.objects.filter(edition_id=edition_pk)
        .order_by("order")
        .select_related("criterion")
        .prefetch_related(Prefetch("questions", Question.objects.order_by("order")))
    )
    return tuple(_asked_part(part) for part in parts)


@lru_cache(maxsize=1024)
def _parts_for(edition_pk: int, checksum: str, threat_code: str) -> tuple[AskedPart, ...]:
    parts = (_of_threat(part, threat_code) for part in _parts_in(edition_pk, checksum))
    return tuple(part for part in parts if part.questions)


def _of_threat(part: AskedPart, threat_code: str) -> AskedPart:
    """The part with what it asks about the threat; itself where that is all."""
    asked = tuple(
        question
        for question in part.questions
        if not question.threat_codes or threat_code in question.threat_codes
    )
    return part if len(asked) == len(part.questions) else replace(part, questions=asked)


@lru_cache(maxsize=256)
def _rating_choices(edition_pk: int, checksum: str, scale_code: str) -> tuple[RatingChoice, ...]:
    points = RatingPoint.objects.filter(scale__edition_id=edition_pk, scale__code=scale_code)
    return tuple(
        RatingChoice(
            code=point.code,
            label=point.label,
            description=point.description,
            tone=point.tone,
            symbol=point.symbol,
            is_not_rated=point.is_not_rated,
        )
        for point in points.order_by("order")
    )


def _asked_part(part: QuestionPart) -> AskedPart:
    return AskedPart(
        code=part.code,
        label=part.label,
        guidance=part.guidance,
        criterion_code=part.criterion.code if part.criterion else "",
        criterion_label=part.criterion.label if part.criterion else "",
        questions=tuple(_asked_question(question) for question in part.questions.all()),
    )


def _asked_question(question: Question) -> AskedQuestion:
    return AskedQuestion(
        code=question.code,
        prompt=question.prompt,
        guidance=question.guidance,
        kind=question.kind,
        level=question.level,
        is_required=question.is_required,
        threat_codes=frozenset(question.threat_codes),
    )


@lru_cache(maxsize=64)
def _threats_of(edition_pk: int, checksum: str) -> tuple[EarlierThreat, ...]:
    rows = Threat.objects.filter(edition_id=edition_pk).order_by("order")
    return tuple(EarlierThreat(code, label) for code, label in rows.values_list("code", "label"))


@lru_cache(maxsize=64)
def _descents(
    edition_pk: int, checksum: str, earlier_pk: int, earlier_checksum: str
) -> tuple[tuple[str, Descent], ...]:
    threats = _threats_of(edition_pk, checksum)
    then = {threat.code: threat for threat in _threats_of(earlier_pk, earlier_checksum)}
    origins = _origins(edition_pk, earlier_pk)
    if origins is None:
        origins = {threat.code: (threat.code,) for threat in threats}
    sources = {
        threat.code: tuple(then[code] for code in origins.get(threat.code, ()) if code in then)
        for threat in threats
    }
    heirs = Counter(source.code for found in sources.values() for source in found)
    return tuple(
        (threat.code, Descent(_relation(threat, sources[threat.code], heirs), sources[threat.code]))
        for threat in threats
    )


def _relation(
    threat: EarlierThreat, sources: tuple[EarlierThreat, ...], heirs: Mapping[str, int]
) -> Relation:
    if not sources:
        return Relation.NEW
    if len(sources) > 1:
        return Relation.MERGED
    if heirs[sources[0].code] > 1:
        return Relation.SPLIT
    is_same = sources[0].label.casefold() == threat.label.casefold()
    return Relation.SAME if is_same else Relation.RENAMED


def _origins(edition_pk: int, earlier_pk: int) -> dict[str, tuple[str, ...]] | None:
    """Codes of the earlier threats by those of this edition; None when no mappings lead there.

    Takes the way through the fewest editions.
    """
    steps = _mapping_steps()
    codes = Threat.objects.filter(edition_id=edition_pk).values_list("code", flat=True)
    waiting = [(edition_pk, {code: (code,) for code in codes})]
    seen = {edition_pk}
    while waiting:
        reached, origins = waiting.pop(0)
        if reached == earlier_pk:
            return origins
        for older, step in steps.get(reached, {}).items():
            if older not in seen:
                seen.add(older)
                waiting.append((older, _composed(origins, step)))
    return None


def _composed(
    origins: Mapping[str, tuple[str, ...]], step: Mapping[str, list[str]]
) -> dict[str, tuple[str, ...]]:
    return {
        code: tuple(dict.fromkeys(older for found in between for older in step.get(found, [])))
        for code, between in origins.items()
    }


def _mapping_steps() -> dict[int, dict[int, dict[str, list[str]]]]:
    """Edition → earlier edition → code → codes of the threats it comes from."""
    steps: dict = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    rows = ThreatMapping.objects.order_by("edition_id", "id").values_list(
        "edition_id", "earlier_edition_id", "threat__code", "earlier_threat__code"
    )
    for edition_pk, earlier_pk, code, earlier_code in rows:
        step = steps[edition_pk][earlier_pk]  # an edition whose threats are all new leads there too
        if code and earlier_code:
            step[code].append(earlier_code)
    return steps
