"""Packs of a meeting: kept as they were made, and read by the people of the meeting alone."""

import dataclasses
import datetime
import hashlib

import pytest
from django.urls import reverse

from reports.document import Audience, Paragraph, Strong, Table, Text, from_json, plain
from reports.domain.agenda import add_agenda_item, make_agenda
from reports.domain.meetings import change_meeting, choose_attendees, write_notes
from reports.domain.packs import document_of_meeting, is_current, make_pack
from reports.domain.renditions import make_rendition
from reports.enums import Format, RenditionStatus, Topic
from reports.models import Rendition
from reports.renderers.docx import render_docx
from reports.renderers.html import render_html
from reports.renderers.pdf import render_pdf
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
from tests.factories import (
    make_action,
    make_cycle,
    make_files_up,
    make_force,
    make_meeting,
    make_person,
)
from tests.rendering.reading import docx_words, failures, pdf_text

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2016, 9, 10)
HOSTILE = "<script>alert(1)</script>{{ 7*7 }} =1+1 \u202egnp.exe"


@pytest.fixture
def lead(force):
    return make_person(force=force, role=Role.FORCE_LEAD, name="Lee Lead")


@pytest.fixture
def meeting(acc, lead):
    return make_meeting(by=acc, for_=[lead], place="Room 4")


def url(meeting, name, *further):
    return reverse(f"reports:{name}", args=[meeting.identity, *further])


def item(meeting, *, by, **values):
    values = {"topic": Topic.OTHER, "heading": "A point", "text": ""} | values
    return add_agenda_item(meeting=meeting, values=values, by=by)


def test_the_pack_says_what_the_meeting_says(meeting, acc, lead):
    make_cycle(by=acc)
    item(meeting, by=acc, heading="Winter", text="- Snow\n\nAnd ice.")
    item(meeting, by=acc, topic=Topic.OPENING, heading="Welcome")
    make_action(meeting=meeting, owner=lead, by=acc)
    write_notes(meeting=meeting, notes="Agreed:\n- all of it", started_from=1, by=acc)
    meeting.refresh_from_db()

    document = document_of_meeting(meeting)

    assert (document.marking, document.audience) == ("OFFICIAL-SENSITIVE", Audience.FULL)
    assert dict(document.header) == {
        "Place": "Room 4", "Chair": "Alex Acc, ACC Security", "For": "Lee Lead"
    }  # fmt: skip
    assert [section.heading for section in document.sections] == [
        "Opening",
        "Other business",
        "Where the self-assessments stand",
        "Actions of this meeting",
        "Notes of the meeting",
    ]
    first, second, third, table, *_ = document.blocks()
    assert first == Paragraph(first.identity, 1, (Strong("Welcome"),))
    assert second.number == 2
    assert second.bullets == ((Text("Snow"),),)
    assert (third.number, plain(third.inlines)) == (None, "And ice.")
    assert isinstance(table, Table)
    assert len(table.rows) == 6


@pytest.mark.parametrize("count", [0, 1, 300])
def test_every_format_holds_every_item_and_meets_the_standards(meeting, acc, count):
    for number in range(count):
        item(meeting, by=acc, heading=f"Point {number} {HOSTILE}", text=f"Words {number}.")

    document = document_of_meeting(meeting)
    pdf = render_pdf(document)

    assert failures(pdf) == []
    for words in (pdf_text(pdf), " ".join(docx_words(render_docx(document)))):
        assert "OFFICIAL-SENSITIVE" in words
        if count:
            assert f"Point {count - 1} <script>" in words
        else:
            assert "Nothing is on the agenda yet." in words
    assert b"<script>alert" not in render_html(document)


def test_a_pack_stays_as_it_was_and_a_newer_one_takes_its_place(meeting, acc):
    first, is_new = make_pack(meeting=meeting, by=acc)
    again, is_new_again = make_pack(meeting=meeting, by=acc)
    item(meeting, by=acc)
    was_current = is_current(first, meeting)
    second, _ = make_pack(meeting=meeting, by=acc)

    assert (is_new, is_new_again, again) == (True, False, first)
    assert not was_current
    assert [pack.number for pack in meeting.packs.all()] == [2, 1]
    assert is_current(second, meeting)
    assert "A point" not in meeting.packs.get(number=1).document
    assert from_json(second.document).edition_label == "Pack 2"
    assert second.document_hash == hashlib.sha256(second.document.encode()).hexdigest()
    assert Rendition.objects.filter(pack__meeting=meeting).count() == 6
    assert AuditEvent.objects.filter(action="meeting.pack_made").count() == 2


def test_its_files_are_made_by_the_worker(meeting, acc):
    pack, _ = make_pack(meeting=meeting, by=acc)

    for row in pack.renditions.all():
        make_rendition(rendition_id=row.pk, attempt=1)

    for row in pack.renditions.all():
        assert row.status == RenditionStatus.MADE
        assert row.sha256 == hashlib.sha256(bytes(row.content)).hexdigest()


def test_only_those_who_run_the_meeting_make_its_pack(meeting, lead, executive):
    for person in (lead, executive, make_person(force=make_force(), role=Role.ACC_SECURITY)):
        with pytest.raises(PolicyDenied):
            make_pack(meeting=meeting, by=person)
    assert not Rendition.objects.exists()


def test_the_people_of_the_meeting_take_its_files_and_nobody_else(
    meeting, acc, lead, executive, opcc, force, sign_in
):
    pack, _ = make_pack(meeting=meeting, by=acc)
    make_files_up(pack)
    address = url(meeting, "download_pack", 1, "pdf")

    for person in (acc, lead, executive):
        response = sign_in(person).get(address)
        assert response.content == bytes(pack.renditions.get(format="pdf").content)
        assert response["Content-Disposition"] == (
            'attachment; filename="wmp-spr-board-2016-09-15-pack-1.pdf"'
        )
        assert response["X-Content-Type-Options"] == "nosniff"
        assert sign_in(person).head(address)["Content-Length"] == str(len(response.content))
    for person in (
        opcc,
        make_person(force=force, role=Role.FORCE_LEAD, threat="cyber"),
        make_person(force=make_force(), role=Role.ACC_SECURITY),
    ):
        for name, *further in (("download_pack", 1, "pdf"), ("packs",), ("preview_pack",)):
            assert sign_in(person).get(url(meeting, name, *further)).status_code == 404
    assert AuditEvent.objects.filter(action="pack.downloaded").count() == 3


def test_a_superseded_pack_can_still_be_taken_and_says_so(meeting, acc, sign_in):
    make_files_up(make_pack(meeting=meeting, by=acc)[0])
    change_meeting(meeting=meeting, values={"place": "Room 5"}, started_from=1, by=acc)
    make_files_up(make_pack(meeting=meeting, by=acc)[0])
    client = sign_in(acc)

    page = client.get(url(meeting, "packs")).content.decode()
    older = client.get(url(meeting, "download_pack", 1, "docx"))

    assert page.count("Superseded") == 1
    assert "Pack 2 stands in its place." in page
    assert "Pack 2 says all that the meeting says now." in page
    assert "pack-1-superseded.docx" in older["Content-Disposition"]
    assert client.get(url(meeting, "download_pack", 3, "docx")).status_code == 404


def test_a_damaged_file_is_not_handed_out(meeting, acc, sign_in):
    pack, _ = make_pack(meeting=meeting, by=acc)
    make_files_up(pack)
    Rendition.objects.filter(format="pdf").update(content=b"Other bytes.")

    response = sign_in(acc).get(url(meeting, "download_pack", 1, "pdf"))

    assert response.status_code == 500
    assert b"Other bytes." not in response.content
    assert not AuditEvent.objects.filter(action="pack.downloaded").exists()


def test_the_page_makes_a_pack_and_a_failed_file_again(meeting, acc, lead, sign_in):
    client = sign_in(acc)
    client.post(url(meeting, "make_pack"))
    twice = client.post(url(meeting, "make_pack"), follow=True).content.decode()
    Rendition.objects.update(status=RenditionStatus.MADE, content=b"x", sha256="0" * 64)
    Rendition.objects.filter(format="pdf").update(
        status=RenditionStatus.FAILED, error="It could not be made."
    )
    failed = client.get(url(meeting, "packs")).content.decode()
    client.post(url(meeting, "make_pack"), {"again": "1/pdf"})
    strange = [
        client.post(url(meeting, "make_pack"), {"again": again}).status_code
        for again in ("2/pdf", "x/pdf", "1/exe", "/", "9" * 30 + "/pdf")
    ]

    assert "Pack 1 says all that the meeting says now, so it stands." in twice
    assert "It could not be made." in failed
    assert "Make again" in failed
    assert Rendition.objects.get(format="pdf").status == RenditionStatus.QUEUED
    assert strange == [404] * 5
    assert "Make again" not in sign_in(lead).get(url(meeting, "packs")).content.decode()


def test_the_preview_shows_the_pack_in_the_page(meeting, acc, lead, sign_in):
    item(meeting, by=acc, heading=HOSTILE)

    page = sign_in(lead).get(url(meeting, "preview_pack")).content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "OFFICIAL-SENSITIVE" in page


def test_an_agenda_of_three_hundred_points_is_made_shown_and_packed(acc, lead, sign_in):
    earlier = make_meeting(by=acc, held_on=datetime.date(2016, 6, 1))
    action = make_action(meeting=earlier, owner=lead, by=acc)
    copies = [
        dataclasses.replace(Copy(action), identity=f"copy-{number}").row() for number in range(300)
    ]
    type(action).objects.bulk_create(copies)
    meeting = make_meeting(by=acc)

    made = make_agenda(meeting=meeting, today=TODAY, by=acc)
    page = sign_in(acc).get(meeting.get_absolute_url()).content.decode()

    assert made.added == 303
    assert page.count("Test the plans.") == 301
    assert make_agenda(meeting=meeting, today=TODAY, by=acc).added == 0


@dataclasses.dataclass(frozen=True)
class Copy:
    action: object
    identity: str = ""

    def row(self):
        fields = {
            field.name: getattr(self.action, field.name)
            for field in self.action._meta.concrete_fields
            if field.name != "id"
        }
        return type(self.action)(**fields | {"identity": self.identity})


def test_somebody_taken_off_the_meeting_takes_no_more_files(meeting, acc, lead, sign_in):
    make_files_up(make_pack(meeting=meeting, by=acc)[0])
    choose_attendees(meeting=meeting, add=(), remove=[lead], by=acc)

    assert sign_in(lead).get(url(meeting, "download_pack", 1, "pdf")).status_code == 404


def test_every_format_of_a_pack_can_be_taken(meeting, acc, sign_in):
    make_files_up(make_pack(meeting=meeting, by=acc)[0])

    for file_format in Format:
        assert sign_in(acc).get(url(meeting, "download_pack", 1, file_format)).status_code == 200
    assert sign_in(acc).get(url(meeting, "download_pack", 1, "exe")).status_code == 404
