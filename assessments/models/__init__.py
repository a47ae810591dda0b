from assessments.models.assessment import Assessment, SetAside, StatusChange, Submission
from assessments.models.comment import Comment
from assessments.models.contributor import Contributor
from assessments.models.cycle import Cycle
from assessments.models.evidence import Evidence, EvidenceFile
from assessments.models.items import (
    CapacityFigure,
    EvidenceReference,
    Finding,
    ProposedRecommendation,
    SummaryParagraph,
    Vulnerability,
)
from assessments.models.response import CarriedAnswer, Response, ResponseVersion
from assessments.models.telling import DigestLine, MailChoice, SentReminder

__all__ = [
    "Assessment",
    "CapacityFigure",
    "CarriedAnswer",
    "Comment",
    "Contributor",
    "Cycle",
    "DigestLine",
    "Evidence",
    "EvidenceFile",
    "EvidenceReference",
    "Finding",
    "MailChoice",
    "ProposedRecommendation",
    "Response",
    "ResponseVersion",
    "SentReminder",
    "SetAside",
    "StatusChange",
    "Submission",
    "SummaryParagraph",
    "Vulnerability",
]
