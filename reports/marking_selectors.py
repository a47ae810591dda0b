"""Whether a paper holds something OFFICIAL-SENSITIVE, told in the query that reads the paper."""

from __future__ import annotations

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from assessments.enums import Marking
from assessments.models import CapacityFigure, EvidenceReference, SummaryParagraph
from reports.models import (
    BoardPaper,
    PaperParagraph,
    PaperSection,
    ParagraphOverride,
    Recommendation,
)

_OF_PAPER = (
    (PaperSection, "paper"),
    (PaperParagraph, "section__paper"),
    (ParagraphOverride, "paper"),
)
_OF_CYCLE = (SummaryParagraph, CapacityFigure, EvidenceReference)


def with_markings(papers: QuerySet[BoardPaper]) -> QuerySet[BoardPaper]:
    """Each as `is_sensitive`: its pages show the marking of what they can hold."""
    held = Q(marking__startswith=Marking.SENSITIVE)
    for model, paper in _OF_PAPER:
        held |= _marked(model, **{paper: OuterRef("pk")})
    for model in _OF_CYCLE:
        held |= _marked(model, assessment__cycle=OuterRef("cycle"))
    held |= _marked(
        Recommendation, force=OuterRef("cycle__force"), year__lte=OuterRef("cycle__year")
    )
    return papers.annotate(is_sensitive=ExpressionWrapper(held, BooleanField()))


def _marked(model, **of) -> Exists:
    return Exists(model.objects.filter(marking=Marking.SENSITIVE, **of))
