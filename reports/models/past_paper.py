from django.db import models
from django.urls import reverse

from assessments.models.cycle import YEAR_FORMAT
from assessments.models.items import Published, cleared_or_withheld, new_identity
from reports.document import Audience
from reports.enums import FileFormat
from reports.past_papers.proposal import PieceKind


class PastPaperDraft(Published):
    """A paper of an earlier year as it was read from its file, while people correct it.

    It stays when the paper is taken in: it says which words of the file stand
    where, and what was left unplaced.
    """

    force = models.ForeignKey("identity.Force", on_delete=models.PROTECT, related_name="+")
    year = models.CharField(max_length=7, validators=[YEAR_FORMAT])
    edition = models.ForeignKey("threats.Edition", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    board_name = models.CharField(max_length=120, blank=True)
    meeting_on = models.DateField(null=True, blank=True)
    meeting_month = models.CharField(max_length=7, blank=True)  # "2017-02" where no day is printed
    file_name = models.CharField(max_length=200)
    file_format = models.CharField(max_length=10, choices=FileFormat)
    content = models.BinaryField(null=True)  # the file; None once the issued paper holds it
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    read_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    read_by_name = models.CharField(max_length=150)
    read_at = models.DateTimeField()
    issued = models.OneToOneField(
        "reports.IssuedPaper", on_delete=models.PROTECT, null=True, related_name="past_paper"
    )
    version = models.PositiveIntegerField(default=1)  # counts the saves of the head of the paper

    class Meta:
        ordering = ["-year"]
        constraints = [
            cleared_or_withheld("past_paper_is_cleared_or_withheld"),
            models.UniqueConstraint(fields=["force", "year"], name="one_past_paper_a_year"),
        ]

    def __str__(self):
        return f"{self.title or self.file_name} {self.year}"

    @property
    def audience(self) -> Audience:
        """Who the paper was for: all of it is public, or none."""
        return Audience.PUBLIC if self.is_public else Audience.FULL

    @property
    def reference(self) -> str:
        return f"{self.force.code}-{self.year}"

    def get_absolute_url(self):
        return reverse("reports:past_paper", args=[self.year])


class PastPaperPiece(models.Model):
    """A part of a past paper, in the order of the file: reports.past_papers.proposal.Piece."""

    draft = models.ForeignKey(PastPaperDraft, on_delete=models.CASCADE, related_name="pieces")
    identity = models.SlugField(max_length=80, default=new_identity)
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in PieceKind])
    text = models.TextField(blank=True)
    mark = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=20, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=200, blank=True)
    heading = models.TextField(blank=True)
    addressee = models.TextField(blank=True)
    verb = models.CharField(max_length=60, blank=True)
    rows = models.JSONField(default=list, blank=True)
    threat_codes = models.JSONField(default=list, blank=True)
    repeats = models.CharField(max_length=80, blank=True)  # the identity of a recommendation
    reason = models.CharField(max_length=200, blank=True)  # why it is left out or not placed
    origin = models.JSONField()  # the lines of the file: page, number, text
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "identity"], name="past_paper_piece_identity"),
        ]

    def __str__(self):
        return f"{self.kind}: {self.text[:60]}"
