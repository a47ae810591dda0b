"""The force's register of evidence, and the files kept with it."""

from django.db import models

from assessments.enums import EvidenceKind, FileStatus, Marking
from assessments.models.items import new_identity


class Evidence(models.Model):
    """A piece of evidence of a force: it can back many answers in many years."""

    force = models.ForeignKey("identity.Force", on_delete=models.PROTECT, related_name="evidence")
    identity = models.SlugField(max_length=40, default=new_identity)
    kind = models.CharField(max_length=20, choices=EvidenceKind)
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=150, blank=True)
    dated = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    kept_at = models.CharField(max_length=300, blank=True)
    marking = models.CharField(max_length=20, choices=Marking, default=Marking.OFFICIAL)
    handling = models.CharField(max_length=150, blank=True)
    # Whether every lead of the force may see and cite it, or only those whose assessments it backs.
    is_shared = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    added_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["title", "id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["force", "identity"], name="one_evidence_a_identity"),
        ]

    def __str__(self):
        return self.title


class EvidenceFile(models.Model):
    """A file kept with a piece of evidence, on disk under a name that tells nothing."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="files")
    identity = models.SlugField(max_length=40, default=new_identity)  # its name on disk too
    name = models.CharField(max_length=150)  # as it was uploaded, cleaned
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=FileStatus, default=FileStatus.HELD)
    is_scanned = models.BooleanField(default=False)
    scanned_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["identity"], name="one_evidence_file_a_identity"),
        ]

    def __str__(self):
        return self.name
