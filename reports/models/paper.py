from django.db import models
from django.db.models import Q
from django.urls import reverse

from assessments.models.items import Published, cleared_or_withheld, new_identity
from reports.enums import (
    FigureSource,
    FoiClass,
    ItemType,
    ListSource,
    MeetingPart,
    Numbering,
    PaperKind,
    PaperStatus,
    SectionKind,
)
from reports.paper_address import PaperAddress
from spr_portal.workflow import StatusChangeBase


class BoardPaper(models.Model):
    """The paper of one cycle while it is drafted and agreed, or its assurance statement.

    It holds only what belongs to no threat: the rest is taken from the approved
    assessments each time the paper is built.
    """

    cycle = models.ForeignKey("assessments.Cycle", on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=20, choices=PaperKind, default=PaperKind.BOARD_PAPER)
    template = models.ForeignKey(
        "reports.PaperTemplate", on_delete=models.PROTECT, related_name="papers"
    )
    status = models.CharField(max_length=20, choices=PaperStatus, default=PaperStatus.DRAFT)
    title = models.CharField(max_length=200)
    agenda_item = models.CharField(max_length=40, blank=True)
    report_of = models.CharField(max_length=150, blank=True)
    author = models.CharField(max_length=150, blank=True)
    marking = models.CharField(max_length=80, default="OFFICIAL")
    numbering = models.CharField(max_length=10, choices=Numbering, default=Numbering.RUN)
    item_type = models.CharField(max_length=15, choices=ItemType, blank=True)
    meeting_part = models.CharField(max_length=10, choices=MeetingPart, blank=True)
    foi_class = models.CharField(max_length=10, choices=FoiClass, blank=True)
    # What a correction of an issued paper changes; empty for the first issue.
    correction = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)  # counts the saves of the fields above
    sent_by = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    agreed_by = models.ForeignKey(
        "identity.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    agreed_by_name = models.CharField(max_length=150, blank=True)
    agreed_by_post = models.CharField(max_length=150, blank=True)
    agreed_at = models.DateTimeField(null=True)
    # SHA-256 of the full edition's document as it was agreed.
    agreed_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "kind"], name="one_paper_a_cycle_and_kind"),
            models.CheckConstraint(
                condition=Q(status__in=PaperStatus.values), name="paper_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[PaperStatus.AGREED, PaperStatus.ISSUED])
                | ~Q(agreed_hash=""),
                name="agreement_is_bound_to_a_hash",
            ),
        ]

    def __str__(self):
        return f"{self.title} {self.cycle.year}"

    @property
    def force(self):
        return self.cycle.force

    @property
    def reference(self) -> str:
        return f"{self.force.code}-{self.address}"

    @property
    def address(self) -> str:
        """What the paper is found by in its force: "2016-17", or "2016-17-statement"."""
        return str(PaperAddress(self.cycle.year, self.kind))

    @property
    def is_correction(self) -> bool:
        """Whether it is being written to correct what was issued, which stands meanwhile."""
        return bool(self.correction) and self.status != PaperStatus.ISSUED

    @property
    def issued(self):
        """The issue that counts now: the newest. None before the first."""
        return self.issues.order_by("-number").first()

    def get_absolute_url(self):
        return reverse("reports:paper", args=[self.address])


class PaperStatusChange(StatusChangeBase):
    subject = models.ForeignKey(BoardPaper, on_delete=models.PROTECT, related_name="status_changes")

    def __str__(self):
        return f"{self.subject_id}: {self.action}"


class PaperSection(Published):
    """A heading of the paper, in its place. What stands under it depends on the kind.

    One that is withheld gives the public edition neither its heading nor anything under it.
    """

    is_public = models.BooleanField(default=True)
    paper = models.ForeignKey(BoardPaper, on_delete=models.CASCADE, related_name="sections")
    identity = models.SlugField(max_length=80, default=new_identity)
    kind = models.CharField(max_length=20, choices=SectionKind)
    heading = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField(default=2)
    order = models.PositiveIntegerField()
    has_numbers = models.BooleanField(default=True)  # whether its paragraphs are numbered
    is_heading_numbered = models.BooleanField(default=False)
    # In a threat's section: its recommendations stand at its end too, or the words that there
    # are none.
    shows_recommendations = models.BooleanField(default=False)
    words_when_none = models.CharField(max_length=300, blank=True)
    threat_code = models.SlugField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            cleared_or_withheld("paper_section_is_cleared_or_withheld"),
            models.UniqueConstraint(fields=["paper", "identity"], name="paper_section_identity"),
            models.CheckConstraint(
                condition=Q(kind=SectionKind.THREAT) & ~Q(threat_code="")
                | ~Q(kind=SectionKind.THREAT) & Q(threat_code=""),
                name="paper_section_names_a_threat_exactly_when_it_has_one",
            ),
        ]

    def __str__(self):
        return self.heading


class PaperParagraph(Published):
    """A paragraph of a section of no threat. Its number is derived, never stored.

    The text may hold references in double square brackets, whose words are
    derived when the paper is built: see reports.references.
    """

    section = models.ForeignKey(PaperSection, on_delete=models.CASCADE, related_name="paragraphs")
    identity = models.SlugField(max_length=80, default=new_identity)
    order = models.PositiveIntegerField()
    text = models.TextField()
    list_source = models.CharField(max_length=20, choices=ListSource, blank=True)
    figure_source = models.CharField(max_length=20, choices=FigureSource, blank=True)
    # Printed instead when the list is empty; when this is empty too, nothing is printed.
    text_when_empty = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            cleared_or_withheld("paper_paragraph_is_cleared_or_withheld"),
            models.UniqueConstraint(
                fields=["section", "identity"], name="paper_paragraph_identity"
            ),
        ]

    def __str__(self):
        return self.text[:60]


class ParagraphOverride(Published):
    """A paragraph of a threat's summary, told otherwise in the paper, or left out of it.

    The assessment keeps its words. `source_text` is what they were when this
    was written, so that a later change of theirs is noticed.
    """

    paper = models.ForeignKey(BoardPaper, on_delete=models.CASCADE, related_name="overrides")
    threat_code = models.SlugField()
    source = models.SlugField(max_length=80)  # the identity of the summary's paragraph
    source_text = models.TextField()
    text = models.TextField(blank=True)
    is_left_out = models.BooleanField(default=False)
    # Somebody said in so many words that the public may read it though its source is withheld.
    clears_withheld = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["threat_code", "id"]
        constraints = [
            cleared_or_withheld("override_is_cleared_or_withheld"),
            models.UniqueConstraint(
                fields=["paper", "threat_code", "source"], name="one_override_a_paragraph"
            ),
        ]

    def __str__(self):
        return f"{self.threat_code}/{self.source}"
