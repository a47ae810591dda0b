"""What a cycle file stands on in the database: its edition, its force, its template."""

from __future__ import annotations

from dataclasses import dataclass

from reports.enums import PaperKind
from reports.models import PaperTemplate
from spr_portal.identity.models import Force
from spr_portal.strict_yaml import DataFileError, DataPath, Document, Problem
from threats.models import (
    Criterion,
    Edition,
    Place,
    Question,
    QuestionPart,
    RatingPoint,
    RatingScale,
    Threat,
)
from threats.selectors import parts_for, threat_labels

USUAL_TEMPLATE = "spr-board-paper"
# What the papers of a cycle are called in its file.
PAPER_NAMES = {PaperKind.BOARD_PAPER: "paper", PaperKind.STATEMENT: "statement"}


@dataclass(frozen=True)
class Setting:
    """Each mapping is by code. `force` is None when the portal does not know it yet."""

    force: Force | None
    edition: Edition
    scale: RatingScale
    threats: dict[str, Threat]
    section_labels: dict[str, str]
    criteria: dict[str, Criterion]
    parts: dict[str, QuestionPart]
    points: dict[str, RatingPoint]
    questions: dict[str, Question]
    asked_of: dict[str, frozenset[str]]  # threat → codes of the questions put to its leads
    templates: dict[str, PaperTemplate]  # of the paper and of the statement, where they stand


def find_setting(document: Document) -> Setting:
    """Raises DataFileError when the edition, the scale or the paper's template is not there."""
    cycle = document.data["cycle"]
    edition = Edition.objects.filter(code=cycle["edition"]).first()
    if edition is None:
        known = ", ".join(Edition.objects.values_list("code", flat=True))
        raise _missing(
            document,
            ("cycle", "edition"),
            f"there is no edition {cycle['edition']}; expected one that is loaded: {known}."
            if known
            else "no edition is loaded; run `manage.py load_editions` first.",
        )
    scale = _scale(document, edition)
    threats = {threat.code: threat for threat in edition.threats.all()}
    parts = {part.code: part for part in QuestionPart.objects.filter(edition=edition)}
    return Setting(
        force=Force.objects.filter(code=document.data["force"]["code"]).first(),
        edition=edition,
        scale=scale,
        threats=threats,
        section_labels={
            named.threat.code: named.label for named in threat_labels(edition, Place.SECTION)
        },
        criteria={row.code: row for row in edition.criteria.all()},
        parts=parts,
        points={point.code: point for point in scale.points.all()},
        questions={row.code: row for row in Question.objects.filter(part__edition=edition)},
        asked_of={
            code: frozenset(
                asked.code for part in parts_for(edition, code) for asked in part.questions
            )
            for code in threats
        },
        templates={
            name: _template(document, kind, name)
            for kind, name in PAPER_NAMES.items()
            if name in document.data
        },
    )


def _scale(document: Document, edition: Edition) -> RatingScale:
    code = document.data["cycle"].get("rating_scale")
    scales = {scale.code: scale for scale in edition.rating_scales.all()}
    if code is None:
        return next((scale for scale in scales.values() if scale.is_proposed), None) or next(
            iter(scales.values())
        )
    if code not in scales:
        reason = (
            f"edition {edition.code} has no rating scale {code}; expected: {', '.join(scales)}."
        )
        raise _missing(document, ("cycle", "rating_scale"), reason)
    return scales[code]


def _template(document: Document, kind: PaperKind, name: str) -> PaperTemplate:
    wanted = document.data[name].get("template")
    loaded = PaperTemplate.objects.filter(kind=kind)
    if wanted is None:
        newest = loaded.order_by("-version")
        template = newest.filter(code=USUAL_TEMPLATE).first() or newest.first()
    else:
        template = loaded.filter(**wanted).first()
    if template is None:
        known = ", ".join(
            f"{code} version {version}" for code, version in loaded.values_list("code", "version")
        )
        raise _missing(
            document,
            (name, "template") if wanted else (name,),
            f"there is no such template; expected one that is loaded: {known}."
            if known
            else f"no template of a {kind.label.lower()} is loaded; run `manage.py "
            "load_paper_templates` first.",
        )
    return template


def _missing(document: Document, path: DataPath, reason: str) -> DataFileError:
    problem: Problem = document.problem(path, reason)
    return DataFileError(document.name, [problem])
