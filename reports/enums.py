from django.db.models import TextChoices


class PaperKind(TextChoices):
    """What is composed from a cycle: each has its own sections, steps and issues."""

    BOARD_PAPER = "board_paper", "Board paper"
    STATEMENT = "statement", "Assurance statement"


class Numbering(TextChoices):
    """How paragraphs are counted."""

    RUN = "run", "One run over all headings: 1 to 41"
    SECTION = "section", "By section: 1, 1.1, 1.2"


class ItemType(TextChoices):
    """What the board is to do with the paper."""

    DECISION = "decision", "For decision"
    INFORMATION = "information", "For information"


class MeetingPart(TextChoices):
    """The part of the board's meeting that the paper is taken in."""

    PUBLIC = "public", "Public"
    PRIVATE = "private", "Private"


class FoiClass(TextChoices):
    """Whether the paper as a whole is open under the Freedom of Information Act 2000."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class PaperStatus(TextChoices):
    DRAFT = "draft", "Draft"
    WITH_EXECUTIVE = "with_executive", "With the Executive Team"
    AGREED = "agreed", "Agreed"
    ISSUED = "issued", "Issued"


class PaperAction(TextChoices):
    SEND = "send", "Send to the Executive Team"
    SEND_BACK = "send_back", "Send back"
    AGREE = "agree", "Agree"
    WITHDRAW = "withdraw", "Take back"
    ISSUE = "issue", "Issue"
    CORRECT = "correct", "Correct"
    GIVE_UP = "give_up", "Give up the correction"


class SectionKind(TextChoices):
    """Where a section's paragraphs come from."""

    WORDING = "wording", "Written for the paper"
    THREAT = "threat", "From a threat's approved assessment"
    RECOMMENDATIONS = "recommendations", "The list of recommendations"
    ANNEX = "annex", "Annex"


# Their paragraphs are written in the paper: those of a threat's section are its lead's.
WRITTEN_IN_THE_PAPER = frozenset({SectionKind.WORDING, SectionKind.ANNEX})


class ListSource(TextChoices):
    """Bullets that are derived each time the paper is built, never typed."""

    THREATS = "threats", "The threats of the edition"
    OUTCOMES = "outcomes", "What became of last year's recommendations"
    DECISION = "decision", "What the board decided on this year's paper"


class FigureSource(TextChoices):
    """Tables and charts that are derived each time the paper is built, never typed."""

    RATINGS = "ratings", "The ratings: threats by C"
    CAPACITY = "capacity", "Capacity against requirement"
    CHANGES = "changes", "What changed since last year"
    RECOMMENDATIONS = "recommendations", "Recommendations by status"
    EVIDENCE = "evidence", "The evidence cited"


# Ratings have no clearance of their own, as rows of capacity and evidence have: decision 30.
WITHHELD_AT_FIRST = frozenset({FigureSource.RATINGS, FigureSource.CHANGES})


class RecommendationStatus(TextChoices):
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETED = "completed", "Completed"
    SUPERSEDED = "superseded", "Superseded"
    NOT_ACCEPTED = "not_accepted", "Not accepted"


class RecommendationStep(TextChoices):
    """What can happen to a recommendation after its paper is issued."""

    ACCEPT = "accept", "Accept"
    DECLINE = "decline", "Do not accept"
    PROGRESS = "progress", "Report progress"
    COMPLETE = "complete", "Report as completed"
    SUPERSEDE = "supersede", "Record as superseded"
    REOPEN = "reopen", "Open again"
    # Told and carried over within the next paper, whose writers choose the status.
    OUTCOME = "outcome", "Outcome written in the paper"
    CARRY = "carry", "Carried over"


class DecisionOutcome(TextChoices):
    """What the board made of a paper."""

    NOTED = "noted", "Noted"
    AGREED = "agreed", "Agreed"
    ASSURED = "assured", "Assured"
    PARTLY_ASSURED = "partly_assured", "Partly assured"
    NOT_ASSURED = "not_assured", "Not assured"
    DEFERRED = "deferred", "Deferred"


class Origin(TextChoices):
    """Where an issued paper was made."""

    PORTAL = "portal", "Composed in the portal"
    IMPORTED = "imported", "Made before the portal was used"


class Format(TextChoices):
    """A format that the portal renders a document in."""

    HTML = "html", "HTML"
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"


class FileFormat(TextChoices):
    """A format that a file of an issued paper can have."""

    HTML = "html", "HTML"
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    JSON = "json", "Data"
    TXT = "txt", "Plain text"


class RenditionStatus(TextChoices):
    QUEUED = "queued", "Waiting to be made"
    MAKING = "making", "Being made"
    MADE = "made", "Made"
    FAILED = "failed", "Could not be made"


class MeetingStatus(TextChoices):
    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class MeetingStep(TextChoices):
    HOLD = "hold", "Record that it was held"
    CANCEL = "cancel", "Cancel the meeting"
    REOPEN = "reopen", "Plan it again"


class Topic(TextChoices):
    """The headings of an agenda, in the order in which they stand."""

    OPENING = "opening", "Opening"
    ACTIONS = "actions", "Actions of earlier meetings"
    ASSESSMENTS = "assessments", "Self-assessments that are not in"
    RATINGS = "ratings", "Ratings that have changed since last year"
    VULNERABILITIES = "vulnerabilities", "Vulnerabilities"
    FINDINGS = "findings", "Inspection findings"
    COMMENTS = "comments", "Comments that nobody has resolved"
    OTHER = "other", "Other business"


class ActionStatus(TextChoices):
    OPEN = "open", "Open"
    REPORTED = "reported", "Reported as done"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class ActionStep(TextChoices):
    """What can happen to an action of the board."""

    PROGRESS = "progress", "Report progress"
    REPORT = "report", "Report it as done"
    CONFIRM = "confirm", "Confirm that it is done"
    DROP = "drop", "Drop the action"
    REOPEN = "reopen", "Open it again"
