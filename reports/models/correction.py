from django.db import models


class KeptWords(models.Model):
    """A paper's own words as they were issued, for as long as a correction of it is in hand.

    They are given back when the correction is given up. Kept by identity, not by key.
    """

    paper = models.OneToOneField(
        "reports.BoardPaper", on_delete=models.CASCADE, related_name="kept_words"
    )
    words = models.JSONField()  # see reports.domain.kept_words
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "kept words"

    def __str__(self):
        return f"Words of {self.paper_id} as issued"
