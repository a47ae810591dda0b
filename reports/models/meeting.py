"""The meetings of the SPR board: what is talked about, what was made of it, who is to act."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from assessments.models.items import new_identity
from reports.enums import ActionStatus, MeetingStatus, Topic
from spr_portal.workflow import StatusChangeBase


class Meeting(models.Model):
    """One meeting of a force's SPR board. Its address stays when its date moves."""

    force = models.ForeignKey("identity.Force", on_delete=models.PROTECT, related_name="meetings")
    identity = models.SlugField(max_length=40, default=new_identity)
    title = models.CharField(max_length=200)
    held_on = models.DateField()  # the day it is planned for, then the day it was held
    starts_at = models.CharField(max_length=40, blank=True)  # in words: "10am to noon"
    place = models.CharField(max_length=200, blank=True)
    chair = models.CharField(max_length=200, blank=True)  # name and post, by value
    marking = models.CharField(max_length=80, default="OFFICIAL-SENSITIVE")
    status = models.CharField(max_length=20, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    version = models.PositiveIntegerField(default=1)  # counts the saves of the fields above
    notes = models.TextField(blank=True)  # what was said and decided
    notes_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["force", "identity"], name="meeting_identity"),
            models.CheckConstraint(
                condition=Q(status__in=MeetingStatus.values), name="meeting_status_is_known"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def reference(self) -> str:
        return f"{self.force.code}-{self.identity}"

    def get_absolute_url(self):
        return reverse("reports:meeting", args=[self.identity])


class MeetingStatusChange(StatusChangeBase):
    subject = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="status_changes")

    def __str__(self):
        return f"{self.subject_id}: {self.action}"


class Attendee(models.Model):
    """Somebody who comes to a meeting and may therefore read its agenda, packs and actions."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendees")
    person = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)  # by value: people change posts
    post = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="attends_a_meeting_once"),
        ]

    def __str__(self):
        return self.name


class AgendaItem(models.Model):
    """A point of the agenda, under its topic: written by hand, or made from what is open.

    One that was made keeps by value what it is about, so that making the agenda
    again adds nothing twice. Once somebody changed its words, they are theirs.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    identity = models.SlugField(max_length=40, default=new_identity)
    topic = models.CharField(max_length=20, choices=Topic)
    order = models.PositiveIntegerField()
    heading = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    # What it was made from, such as "finding/terrorism/3f2a…"; empty for one written by hand.
    source = models.CharField(max_length=200, blank=True)
    is_as_made = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "identity"], name="agenda_item_identity"),
            models.UniqueConstraint(
                fields=["meeting", "source"],
                condition=~Q(source=""),
                name="one_agenda_item_a_source",
            ),
            models.CheckConstraint(
                condition=Q(topic__in=Topic.values), name="agenda_topic_is_known"
            ),
        ]

    def __str__(self):
        return self.heading


class BoardAction(models.Model):
    """What somebody is to do after a meeting, by a day. Its history says what they reported."""

    force = models.ForeignKey(
        "identity.Force", on_delete=models.PROTECT, related_name="board_actions"
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    identity = models.SlugField(max_length=40, default=new_identity)
    order = models.PositiveIntegerField()
    text = models.TextField()
    owner = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="actions")
    owner_name = models.CharField(max_length=150)
    owner_post = models.CharField(max_length=150, blank=True)
    given_on = models.DateField()  # when the owner was told of this date
    due_on = models.DateField()
    status = models.CharField(max_length=20, choices=ActionStatus, default=ActionStatus.OPEN)
    # The owner's last report, or why it was dropped; earlier ones are in the history.
    outcome = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)  # counts the changes of what is to be done

    class Meta:
        ordering = ["due_on", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["force", "identity"], name="board_action_identity"),
            models.CheckConstraint(
                condition=Q(status__in=ActionStatus.values), name="board_action_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[ActionStatus.OPEN, ActionStatus.REPORTED], closed_at__isnull=True
                )
                | Q(status__in=[ActionStatus.DONE, ActionStatus.DROPPED], closed_at__isnull=False),
                name="board_action_is_closed_at_a_time",
            ),
        ]

    def __str__(self):
        return self.text[:60]

    @property
    def reference(self) -> str:
        return f"{self.force.code}-{self.identity}"

    def get_absolute_url(self):
        return reverse("reports:action", args=[self.identity])


class ActionChange(StatusChangeBase):
    """A step of an action; its reason is what was reported, in the owner's words."""

    subject = models.ForeignKey(
        BoardAction, on_delete=models.PROTECT, related_name="status_changes"
    )

    def __str__(self):
        return f"{self.subject_id}: {self.action}"


class MeetingPack(models.Model):
    """What the people of a meeting read beforehand, kept as it was made.

    Words changed afterwards make a pack with the next number; this one stays.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packs")
    number = models.PositiveIntegerField()
    document = models.TextField()  # JSON, see reports.document.to_json
    document_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    made_by_name = models.CharField(max_length=150)
    made_by_post = models.CharField(max_length=150, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="packs_are_numbered"),
        ]

    def __str__(self):
        return f"{self.meeting_id}: pack {self.number}"

    @property
    def force(self):
        return self.meeting.force

    @property
    def reference(self) -> str:
        return f"{self.meeting.reference}/{self.number}"

    def get_absolute_url(self):
        return reverse("reports:packs", args=[self.meeting.identity])
