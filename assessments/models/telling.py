"""What people are told by e-mail, and when."""

from django.db import models

from assessments.enums import MailTiming, Notice


class MailChoice(models.Model):
    """How a person wants one kind of notice; without a row it is as `assessments.emails` says."""

    person = models.ForeignKey(
        "identity.User", on_delete=models.CASCADE, related_name="mail_choices"
    )
    notice = models.CharField(max_length=30, choices=Notice)
    timing = models.CharField(max_length=10, choices=MailTiming)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "notice"], name="one_choice_a_notice"),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.notice} {self.timing}"


class SentReminder(models.Model):
    """That a person was reminded of something once. The key names the reason and its date."""

    person = models.ForeignKey("identity.User", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)  # "due in 7:wmp-2016-17-terrorism:2016-08-31"
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="nobody_is_reminded_twice"),
        ]

    def __str__(self):
        return self.key


class DigestLine(models.Model):
    """Something that can wait for the day's one e-mail."""

    person = models.ForeignKey("identity.User", on_delete=models.CASCADE, related_name="+")
    notice = models.CharField(max_length=30, choices=Notice)
    sentence = models.CharField(max_length=300)
    path = models.CharField(max_length=300)  # where in the portal it waits
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return self.sentence
