"""What is said about a paper before it is issued: waivers of checks, comments on its blocks."""

from django.db import models
from django.db.models import Q

from assessments.models.items import new_identity


class CheckWaiver(models.Model):
    """Somebody lets a paper pass although a check found something. It stays on record."""

    paper = models.ForeignKey(
        "reports.BoardPaper", on_delete=models.CASCADE, related_name="waivers"
    )
    check_code = models.SlugField()  # of a module of reports.checks
    subject = models.CharField(max_length=200, blank=True)  # what it found it in
    finding = models.TextField()  # the sentence that was waived, by value
    reason = models.TextField()
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    by_post = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "check_code", "subject"],
                condition=Q(ended_at__isnull=True),
                name="one_waiver_a_finding",
            ),
        ]

    def __str__(self):
        return f"{self.check_code} {self.subject}: {self.by_name}"


class PaperComment(models.Model):
    """What a reader of the paper says about one block of it, and the replies to that."""

    paper = models.ForeignKey(
        "reports.BoardPaper", on_delete=models.CASCADE, related_name="comments"
    )
    identity = models.SlugField(max_length=40, default=new_identity)
    thread = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    block = models.CharField(max_length=200)  # the identity of the block in the document
    label = models.CharField(max_length=120)  # "Paragraph 12", as it was then
    quoted = models.TextField(blank=True)  # the block's words as they were then
    text = models.TextField()
    by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    by_post = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "identity"], name="paper_comment_identity"),
        ]

    def __str__(self):
        return f"{self.label}: {self.by_name}"
