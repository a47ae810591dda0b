from assessments.models.assessment import Assessment, Comment, SetAside, StatusChange, Submission
from assessments.models.cycle import Cycle
from assessments.models.items import (
    CapacityFigure,
    EvidenceReference,
    ProposedRecommendation,
    SummaryParagraph,
    Vulnerability,
)
from assessments.models.response import Response, ResponseVersion

__all__ = [
    "Assessment",
    "CapacityFigure",
    "Comment",
    "Cycle",
    "EvidenceReference",
    "ProposedRecommendation",
    "Response",
    "ResponseVersion",
    "SetAside",
    "StatusChange",
    "Submission",
    "SummaryParagraph",
    "Vulnerability",
]
