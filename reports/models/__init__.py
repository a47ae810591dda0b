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
from reports.models.paper import BoardPaper, PaperParagraph, PaperSection, PaperStatusChange
from reports.models.recommendation import Recommendation
from reports.models.rendition import Rendition
from reports.models.template import PaperTemplate

__all__ = [
    "ActionChange",
    "AgendaItem",
    "Attendee",
    "BoardAction",
    "BoardPaper",
    "Download",
    "IssuedFile",
    "IssuedPaper",
    "Meeting",
    "MeetingPack",
    "MeetingStatusChange",
    "PaperParagraph",
    "PaperSection",
    "PaperStatusChange",
    "PaperTemplate",
    "Recommendation",
    "Rendition",
]
