from django.db import models


class WorkerHeartbeat(models.Model):
    """A worker that ran, and when it was last seen to be alive."""

    name = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self):
        return self.name


class SentForm(models.Model):
    """A form that somebody sent a moment ago, and where it led; see `background/sent_forms.py`."""

    mark = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    led_to = models.TextField(blank=True)  # an address of the portal; empty while it is under way

    def __str__(self):
        return self.led_to or "under way"
