from django.db import models

from reports.enums import PaperKind


class PaperTemplate(models.Model):
    """The layout and standing wording of a paper: one version of a file of data, never changed."""

    code = models.SlugField()
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=PaperKind, default=PaperKind.BOARD_PAPER)
    title = models.CharField(max_length=120)
    content = models.JSONField()  # as reports/schema/paper_template.schema.json describes it
    checksum = models.CharField(max_length=64)  # SHA-256 of the file

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_row_a_template_version"),
        ]

    def __str__(self):
        return f"{self.title}, version {self.version}"
