from django.db import models
from django.urls import reverse

from reports.document import Audience
from reports.enums import FileFormat, Origin, PaperKind
from reports.paper_address import PaperAddress


class IssuedPaper(models.Model):
    """A paper as it was issued, complete by value. Database triggers refuse every change.

    A correction is a further issue of the paper that supersedes the one before
    it. An imported one was made before the portal was used and has no paper here.
    """

    paper = models.ForeignKey(
        "reports.BoardPaper", on_delete=models.PROTECT, null=True, related_name="issues"
    )
    kind = models.CharField(max_length=20, choices=PaperKind, default=PaperKind.BOARD_PAPER)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PORTAL)
    number = models.PositiveSmallIntegerField(default=1)  # counts the issues of one paper
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    correction = models.TextField(blank=True)  # what this issue changes in the one before
    edition_code = models.CharField(max_length=50, blank=True)  # of the requirement
    manifest = models.TextField(blank=True)  # JSON: the SHA-256 of everything that was issued
    force = models.ForeignKey(
        "identity.Force", on_delete=models.PROTECT, related_name="issued_papers"
    )
    year = models.CharField(max_length=7)
    title = models.CharField(max_length=200)
    board_name = models.CharField(max_length=120)
    board_on = models.DateField()
    document = models.TextField()  # the full edition as JSON
    document_hash = models.CharField(max_length=64)
    template_code = models.SlugField()
    template_version = models.PositiveIntegerField()
    # Who approved each assessment and agreed the paper: name, post and time by value.
    approvals = models.JSONField()
    libraries = models.JSONField()  # versions of what made the files
    issued_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    issued_by_name = models.CharField(max_length=150)
    issued_by_post = models.CharField(max_length=150, blank=True)
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["-board_on", "-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["force", "kind", "year", "number"], name="one_issue_a_number"
            ),
        ]

    def __str__(self):
        return f"{self.title} {self.year}"

    @property
    def address(self) -> str:
        """What it is found by in its force, whatever its number: "2016-17"."""
        return str(PaperAddress(self.year, self.kind))

    def get_absolute_url(self):
        return reverse("reports:issued", args=[self.address])


class IssuedFile(models.Model):
    """The bytes of one format of one edition, served as they are for ever."""

    issued = models.ForeignKey(IssuedPaper, on_delete=models.PROTECT, related_name="files")
    audience = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Audience])
    format = models.CharField(max_length=10, choices=FileFormat)
    name = models.CharField(max_length=200)  # "wmp-2016-17-spr-board-paper-public.pdf"
    content = models.BinaryField()
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["audience", "format"]
        constraints = [
            models.UniqueConstraint(
                fields=["issued", "audience", "format"], name="one_file_an_edition_and_format"
            ),
        ]

    def __str__(self):
        return self.name


class Download(models.Model):
    """Somebody took a file. Kept for the force, shown to nobody outside it."""

    file = models.ForeignKey(IssuedFile, on_delete=models.PROTECT, related_name="downloads")
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return f"{self.file_id} by {self.by_name}"
