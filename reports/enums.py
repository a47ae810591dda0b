from django.db.models import TextChoices


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


class SectionKind(TextChoices):
    """Where a section's paragraphs come from."""

    WORDING = "wording", "Written for the paper"
    THREAT = "threat", "From a threat's approved assessment"
    RECOMMENDATIONS = "recommendations", "The list of recommendations"


class ListSource(TextChoices):
    """Bullets that are derived each time the paper is built, never typed."""

    THREATS = "threats", "The threats of the edition"
    OUTCOMES = "outcomes", "What became of last year's recommendations"


class RecommendationStatus(TextChoices):
    OPEN = "open", "Open"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETED = "completed", "Completed"
    SUPERSEDED = "superseded", "Superseded"
    NOT_ACCEPTED = "not_accepted", "Not accepted"


class Format(TextChoices):
    HTML = "html", "HTML"
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"


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
