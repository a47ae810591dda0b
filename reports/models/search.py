"""What a search in issued papers looks through: derived, and made again freely."""

from django.db import models

from reports.document import Audience


class SearchText(models.Model):
    """The words of one place of one edition of an issued paper."""

    issued = models.ForeignKey("reports.IssuedPaper", on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Audience])
    order = models.PositiveIntegerField()
    anchor = models.SlugField(max_length=100, blank=True)  # where it stands in the HTML
    label = models.CharField(max_length=60, blank=True)  # "Paragraph 12"
    heading = models.TextField(blank=True)  # of its section
    text = models.TextField()
    folded = models.TextField()  # the same for a search: see reports.domain.searching.folded

    class Meta:
        ordering = ["issued", "audience", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["issued", "audience", "order"], name="one_search_text_a_place"
            ),
        ]

    def __str__(self):
        return f"{self.issued_id} {self.audience} {self.order}"
