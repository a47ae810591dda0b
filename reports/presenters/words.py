"""Statuses and years as people read them."""

from __future__ import annotations

from reports.document import Audience
from reports.enums import (
    PaperAction,
    PaperKind,
    PaperStatus,
    RecommendationStatus,
    RecommendationStep,
    RenditionStatus,
)

# Status to words and the colour of its tag.
PAPER_TAGS = {
    PaperStatus.DRAFT: ("Draft", "blue"),
    PaperStatus.WITH_EXECUTIVE: ("With the Executive Team", "yellow"),
    PaperStatus.AGREED: ("Agreed", "turquoise"),
    PaperStatus.ISSUED: ("Issued", "green"),
}
RENDITION_TAGS = {
    None: ("Not asked for", "grey"),
    RenditionStatus.QUEUED: ("Waiting to be made", "grey"),
    RenditionStatus.MAKING: ("Being made", "blue"),
    RenditionStatus.MADE: ("Made", "green"),
    RenditionStatus.FAILED: ("Failed", "red"),
}
OUTCOME_TAGS = {
    RecommendationStatus.OPEN: ("Open", "grey"),
    RecommendationStatus.ACCEPTED: ("Accepted", "turquoise"),
    RecommendationStatus.IN_PROGRESS: ("In progress", "blue"),
    RecommendationStatus.COMPLETED: ("Completed", "green"),
    RecommendationStatus.SUPERSEDED: ("Superseded", "purple"),
    RecommendationStatus.NOT_ACCEPTED: ("Not accepted", "orange"),
}
WAITS_FOR = {
    PaperStatus.DRAFT: "ACC Security or the staff officer, who are writing it",
    PaperStatus.WITH_EXECUTIVE: "the Executive Team to agree it or send it back",
    PaperStatus.AGREED: "ACC Security to issue it",
    PaperStatus.ISSUED: "nobody: it is issued",
}
DONE = {
    PaperAction.SEND: "Sent to the Executive Team",
    PaperAction.SEND_BACK: "Sent back",
    PaperAction.AGREE: "Agreed",
    PaperAction.WITHDRAW: "Taken back",
    PaperAction.ISSUE: "Issued",
    PaperAction.CORRECT: "Correction begun",
    PaperAction.GIVE_UP: "Correction given up",
}
STEP_DONE = {
    RecommendationStep.ACCEPT: "Accepted",
    RecommendationStep.DECLINE: "Not accepted",
    RecommendationStep.PROGRESS: "Progress reported",
    RecommendationStep.COMPLETE: "Reported as completed",
    RecommendationStep.SUPERSEDE: "Recorded as superseded",
    RecommendationStep.REOPEN: "Opened again",
    RecommendationStep.OUTCOME: "Outcome written in the next paper",
    RecommendationStep.CARRY: "Carried over into the next paper",
}
EDITIONS = {Audience.PUBLIC: "Public edition", Audience.FULL: "Full edition"}


def noun_of(kind: str) -> str:
    """What a paper of a kind is called within a sentence."""
    return {PaperKind.STATEMENT: "assurance statement"}.get(PaperKind(kind), "board paper")


def year_in_words(year: str) -> str:
    """A financial year as it is written in papers: 2016/17."""
    return year.replace("-", "/")
