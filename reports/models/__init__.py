from reports.models.issued import Download, IssuedFile, IssuedPaper
from reports.models.paper import BoardPaper, PaperParagraph, PaperSection, PaperStatusChange
from reports.models.recommendation import Recommendation
from reports.models.rendition import Rendition
from reports.models.template import PaperTemplate

__all__ = [
    "BoardPaper",
    "Download",
    "IssuedFile",
    "IssuedPaper",
    "PaperParagraph",
    "PaperSection",
    "PaperStatusChange",
    "PaperTemplate",
    "Recommendation",
    "Rendition",
]
