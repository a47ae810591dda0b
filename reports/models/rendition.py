from django.db import models

from reports.document import Audience
from reports.enums import Format, RenditionStatus


class Rendition(models.Model):
    """A file being made from one document: keyed by the document's words, so made once.

    The worker reads nothing but this row, so that running it twice gives the
    same file and a paper edited meanwhile is not mixed in.
    """

    paper = models.ForeignKey(
        "reports.BoardPaper", on_delete=models.CASCADE, null=True, related_name="renditions"
    )
    pack = models.ForeignKey(
        "reports.MeetingPack", on_delete=models.CASCADE, null=True, related_name="renditions"
    )
    document = models.TextField()  # JSON, see reports.document.to_json
    document_hash = models.CharField(max_length=64)
    audience = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Audience])
    format = models.CharField(max_length=10, choices=Format)
    status = models.CharField(
        max_length=10, choices=RenditionStatus, default=RenditionStatus.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)  # for a person: what went wrong
    content = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    asked_for_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["audience", "format"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "document_hash", "format"], name="one_rendition_a_document"
            ),
            models.UniqueConstraint(
                fields=["pack", "document_hash", "format"], name="one_rendition_a_pack"
            ),
            models.CheckConstraint(
                condition=models.Q(paper__isnull=False, pack__isnull=True)
                | models.Q(paper__isnull=True, pack__isnull=False),
                name="a_rendition_is_of_a_paper_or_a_pack",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=RenditionStatus.MADE)
                | models.Q(content__isnull=False) & ~models.Q(sha256=""),
                name="a_made_rendition_has_its_bytes",
            ),
        ]

    def __str__(self):
        return f"{self.audience} {self.format}: {self.status}"

    @property
    def subject(self):
        """The paper or the pack that it is a file of."""
        return self.pack if self.pack_id else self.paper
