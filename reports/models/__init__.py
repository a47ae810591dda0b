from reports.models.board import BoardDecision, FollowUp, PublicLink
from reports.models.brand import Brand
from reports.models.checking import CheckWaiver, PaperComment
from reports.models.correction import KeptWords
from reports.models.issued import Download, IssuedFile, IssuedPaper
from reports.models.meeting import (
    ActionChange,
    AgendaItem,
    Attendee,
    BoardAction,
    Meeting,
    MeetingPack,
    MeetingStatusChange,
)
from reports.models.paper import (
    BoardPaper,
    PaperParagraph,
    PaperSection,
    PaperStatusChange,
    ParagraphOverride,
)
from reports.models.past_paper import PastPaperDraft, PastPaperPiece
from reports.models.recommendation import Recommendation, RecommendationChange
from reports.models.rendition import Rendition
from reports.models.search import SearchText
from reports.models.template import PaperTemplate

__all__ = [
    "ActionChange",
    "AgendaItem",
    "Attendee",
    "BoardAction",
    "BoardDecision",
    "BoardPaper",
    "Brand",
    "CheckWaiver",
    "Download",
    "FollowUp",
    "IssuedFile",
    "IssuedPaper",
    "KeptWords",
    "Meeting",
    "MeetingPack",
    "MeetingStatusChange",
    "PaperComment",
    "PaperParagraph",
    "PaperSection",
    "PaperStatusChange",
    "PaperTemplate",
    "ParagraphOverride",
    "PastPaperDraft",
    "PastPaperPiece",
    "PublicLink",
    "Recommendation",
    "RecommendationChange",
    "Rendition",
    "SearchText",
]
