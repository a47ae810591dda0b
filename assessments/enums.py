from django.db.models import TextChoices


class AssessmentStatus(TextChoices):
    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned"
    APPROVED = "approved", "Approved"


class Action(TextChoices):
    START = "start", "Start"
    SUBMIT = "submit", "Submit"
    RETURN = "return", "Return"
    APPROVE = "approve", "Approve"
    REOPEN = "reopen", "Reopen"


# While in one of these, a lead's words can be changed.
EDITABLE = frozenset(
    {AssessmentStatus.NOT_STARTED, AssessmentStatus.IN_PROGRESS, AssessmentStatus.RETURNED}
)


class Likelihood(TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Impact(TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Severity(TextChoices):
    """What likelihood and impact make together, the worst last; see `domain.severity`."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    VERY_HIGH = "very_high", "Very high"


class RegisterStatus(TextChoices):
    """Where a vulnerability or an inspection finding stands. Closed ones are not carried over."""

    OPEN = "open", "Open"
    IN_PROGRESS = "in_progress", "In progress"
    CLOSED = "closed", "Closed"


class FindingKind(TextChoices):
    """What an inspectorate's finding asks for; the words are HMICFRS's own."""

    CAUSE_OF_CONCERN = "cause_of_concern", "Cause of concern"
    RECOMMENDATION = "recommendation", "Recommendation"
    AREA_FOR_IMPROVEMENT = "area_for_improvement", "Area for improvement"
    OTHER = "other", "Other finding"


class Marking(TextChoices):
    """Government Security Classifications; the portal holds nothing above these."""

    OFFICIAL = "OFFICIAL", "OFFICIAL"
    SENSITIVE = "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"


class FileStatus(TextChoices):
    """Whether a file of evidence can be taken: only one that has passed."""

    HELD = "held", "Waiting for the virus scanner"
    PASSED = "passed", "Ready"
    REFUSED = "refused", "Refused by the virus scanner"


class Outcome(TextChoices):
    """What became of another rating that was proposed. Empty while it waits."""

    AGREED = "agreed", "Agreed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Notice(TextChoices):
    """What a person can be told by e-mail."""

    TASKED = "tasked", "You are asked to assess a threat"
    NAMED = "named", "You are asked to draft, or to act for a lead"
    DUE = "due", "An assessment of yours is due in 30, 7 or 1 days"
    LATE = "late", "An assessment is late"
    COMMENTED = "commented", "Somebody commented on your work or replied to you"
    RETURNED = "returned", "An assessment of yours is returned or reopened"
    SUBMITTED = "submitted", "An assessment waits for your review"
    APPROVED = "approved", "An assessment of yours is approved"
    DATES = "dates", "The dates of the year have changed"
    ACTION = "action", "An action of the SPR board is yours, or is due"


class MailTiming(TextChoices):
    NOW = "now", "At once"
    DAILY = "daily", "In one e-mail a day"
    NEVER = "never", "Not at all"


class EvidenceKind(TextChoices):
    """What force leads draw on: the eight kinds named in a board paper of 2017."""

    FRAMEWORK = "framework", "College of Policing capability framework"
    INTELLIGENCE = "intelligence", "Information and intelligence"
    EXPERIENCE = "experience", "Operational experience"
    EXERCISE = "exercise", "Testing and exercising"
    TABLE_TOP = "table_top", "Table-top exercise learning"
    DOCTRINE = "doctrine", "Desktop review of doctrine"
    STRA = "stra", "Strategic threat and risk assessment"
    JUDGEMENT = "judgement", "Professional judgement"


class FoiExemption(TextChoices):
    """Why words are kept out of the public edition (Freedom of Information Act 2000)."""

    NATIONAL_SECURITY = "section 24", "Section 24 (national security)"
    SECURITY_BODIES = "section 23", "Section 23 (security bodies)"
    LAW_ENFORCEMENT = "section 31", "Section 31 (law enforcement)"
    HEALTH_AND_SAFETY = "section 38", "Section 38 (health and safety)"
    PERSONAL = "section 40", "Section 40 (personal information)"
    COMMERCIAL = "section 43", "Section 43 (commercial interests)"
    FUTURE_PUBLICATION = "section 22", "Section 22 (future publication)"


class ItemKind(TextChoices):
    """The parts of an assessment that are lists, each item a row of its own."""

    FIGURE = "figures", "Capacity figures"
    VULNERABILITY = "vulnerabilities", "Vulnerabilities"
    FINDING = "findings", "Inspection findings"
    EVIDENCE = "evidence", "Evidence"
    RECOMMENDATION = "recommendations", "Proposed recommendations"
    SUMMARY = "summary", "Summary for the board"


class Standing(TextChoices):
    """How this year's answer stands to what the force said last year. Derived, never stored."""

    EMPTY = "empty", "Not answered"
    NOT_REVIEWED = "not_reviewed", "Not yet reviewed"
    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    UNCHANGED = "unchanged", "Unchanged and confirmed"
