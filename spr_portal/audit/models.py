from django.conf import settings
from django.db import models


class AuditIsFixed(RuntimeError):
    """Somebody tried to change or delete an event of the audit."""


class AuditEvent(models.Model):
    """One thing that happened: never changed, never deleted, chained to the one before it.

    `hash` is the SHA-256 of the canonical JSON of this row's other fields,
    `previous_hash` included. Database triggers refuse UPDATE and DELETE.
    """

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    actor_name = models.CharField(max_length=150, blank=True)  # by value: names change
    force = models.ForeignKey(
        "identity.Force", on_delete=models.PROTECT, null=True, related_name="+"
    )
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)  # "assessment wmp-2016-17-terrorism"
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["force", "subject"])]

    def __str__(self):
        return f"{self.sequence} {self.action} {self.subject}"

    def save(self, *args, **kwargs):
        """Add the event; refuse to change one that is kept."""
        if not self._state.adding:
            raise AuditIsFixed("What the audit keeps is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AuditIsFixed("What the audit keeps is never deleted.")


class AuditHead(models.Model):
    """The one row that says where the chain ends; updating it makes writers take turns."""

    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self):
        return str(self.sequence)
