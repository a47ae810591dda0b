from django.db import models


class WorkerHeartbeat(models.Model):
    """A worker that ran, and when it was last seen to be alive."""

    name = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self):
        return self.name
