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
    EVIDENCE = "evidence", "Evidence"
    RECOMMENDATION = "recommendations", "Proposed recommendations"
    SUMMARY = "summary", "Summary for the board"
