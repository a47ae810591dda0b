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
