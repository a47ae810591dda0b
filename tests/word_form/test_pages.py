"""An assessment goes away as a Word form and comes back, on the pages."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.domain.assessments import submit_assessment
from assessments.domain.contributors import name_contributor
from assessments.domain.responses import save_response
from assessments.models import SetAside
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from tests.assessments.lead import desk, lead_client
from tests.factories import fill_in, make_cycle, make_force, make_person
from tests.word_form.forms import filled, without_controls

__all__ = ["desk", "lead_client"]
LOCAL, REGIONAL, RATING = "capacity-local", "capacity-regional", "capacity-rating"


def download(client, desk) -> bytes:
    return client.get(desk.url("word_form_file")).content


def upload(client, desk, content: bytes):
    file = SimpleUploadedFile("form.docx", content)
    return client.post(desk.url("word_form_upload"), {"form": file})


def returned(client, desk, **answers):
    """The page that shows what a form would change whose boxes were filled in like this."""
    typed = {name.replace("_", "-"): words for name, words in answers.items()}
    return upload(client, desk, filled(download(client, desk), typed))


def take(client, desk, preview, *codes):
    """Press the button of the preview with these answers ticked."""
    sent = {"take": list(codes)}
    area = r'<textarea [^>]*name="([\w-]+)"[^>]*>\n(.*?)</textarea>'
    for name, words in re.findall(area, preview.text, re.S):
        sent[name] = html.unescape(words)
    for name, value in re.findall(r'name="([\w:-]+)" value="([^"]*)"', preview.text):
        if name.startswith("version:") or name == RATING:
            sent[name] = value
    return client.post(desk.url("word_form_take"), sent, follow=True)


def ticked(preview) -> list[str]:
    return re.findall(r'name="take" type="checkbox" value="([\w-]+)" checked', preview.text)


def offered(preview) -> list[str]:
    return re.findall(r'name="take" type="checkbox" value="([\w-]+)"', preview.text)


def save(desk, code, text, *, by=None, started_from=0):
    return save_response(
        response=desk.response(code),
        text=text,
        rating=None,
        started_from=started_from,
        by=by or desk.lead,
    )


def test_a_form_that_nobody_filled_in_changes_nothing(desk, lead_client):
    save(desk, LOCAL, "Nine units:\n\n- six trained\n- three in training\n\nMore in May.")

    response = upload(lead_client, desk, download(lead_client, desk))

    assert "Your form changes nothing" in response.text
    assert "Not all of the form" not in response.text


def test_what_is_ticked_is_saved_and_nothing_else(desk, lead_client):
    preview = returned(
        lead_client, desk, capacity_local="Nine units.", capacity_regional="Two.",
        capacity_rating="Green",
    )  # fmt: skip
    assert ticked(preview) == [RATING, LOCAL, REGIONAL]
    assert not desk.response(LOCAL).text
    before = AuditEvent.objects.filter(action="response.saved").count()

    done = take(lead_client, desk, preview, LOCAL, RATING)

    assert "2 answers are taken from the form" in done.text
    assert desk.response(LOCAL).text == "Nine units."
    assert desk.response(RATING).rating.label == "Green"
    assert desk.response(REGIONAL).text == ""
    assert AuditEvent.objects.filter(action="response.saved").count() == before + 1


def test_the_preview_shows_what_differs(desk, lead_client):
    save(desk, LOCAL, "Nine units.")

    preview = returned(lead_client, desk, capacity_local="Ten units.")

    assert "removed: </span>Nine </del>" in preview.text
    assert "added: </span>Ten </ins>" in preview.text


def test_a_form_without_content_controls_is_taken_too(desk, lead_client):
    content = filled(download(lead_client, desk), {LOCAL: "Nine units."})

    preview = upload(lead_client, desk, without_controls(content))

    assert ticked(preview) == [LOCAL]


def test_both_versions_are_shown_where_somebody_else_saved_meanwhile(desk, lead_client):
    content = filled(download(lead_client, desk), {LOCAL: "Nine units."})
    colleague = desk.person(Role.FORCE_LEAD, name="Cara Moss")
    save(desk, LOCAL, "Eight units.", by=colleague)

    preview = upload(lead_client, desk, content)

    assert (offered(preview), ticked(preview)) == ([LOCAL], [])
    assert "Saved by Cara Moss since the form was made" in preview.text
    take(lead_client, desk, preview, LOCAL)
    assert desk.response(LOCAL).text == "Nine units."


def test_what_only_somebody_else_changed_stands(desk, lead_client):
    save(desk, LOCAL, "Nine units.")
    content = download(lead_client, desk)
    save(desk, LOCAL, "Ten units.", started_from=1)

    assert "Your form changes nothing" in upload(lead_client, desk, content).text


def test_a_save_between_the_preview_and_the_button_loses_nothing(desk, lead_client):
    preview = returned(lead_client, desk, capacity_local="Nine units.")
    save(desk, LOCAL, "Eight units.", by=desk.person(Role.FORCE_LEAD))

    done = take(lead_client, desk, preview, LOCAL)

    assert "Your words are kept" in done.text
    assert "Words of yours are waiting" in done.text
    assert desk.response(LOCAL).text == "Eight units."
    assert SetAside.objects.get().values["text"] == "Nine units."


def test_pressing_the_button_twice_is_one_save(desk, lead_client):
    preview = returned(lead_client, desk, capacity_local="Nine units.")

    take(lead_client, desk, preview, LOCAL)
    take(lead_client, desk, preview, LOCAL)

    assert desk.response(LOCAL).version == 1
    assert not SetAside.objects.exists()


def test_a_box_that_was_emptied_is_not_ticked(desk, lead_client):
    save(desk, LOCAL, "Nine units.")

    preview = returned(lead_client, desk, capacity_local="")

    assert (offered(preview), ticked(preview)) == ([LOCAL], [])
    assert "has no answer here" in preview.text


def test_a_form_of_another_threat_year_or_force_is_refused(desk, lead_client, client):
    others = [
        desk.cycle.assessments.get(threat__code="cyber"),
        make_cycle(force=desk.force, year="2017-18").assessments.get(threat__code="terrorism"),
        make_cycle(force=make_force()).assessments.get(threat__code="terrorism"),
    ]
    for other in others:
        lead = make_person(force=other.force, role=Role.FORCE_LEAD, threat=other.threat.code)
        client.force_login(lead)
        at = reverse("assessments:word_form_file", args=[other.cycle.year, other.threat.code])
        content = client.get(at).content
        client.force_login(desk.lead)

        response = upload(client, desk, content)

        assert response.status_code == 400
        assert "so nothing of it was read" in response.text
        assert ("of another force" in response.text) == (other.force != desk.force)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7", "This is not a Word document"),
        (b"", "This is not a Word document"),
        (None, "Select the form"),
    ],
)
def test_another_file_or_none_is_refused(desk, lead_client, content, sentence):
    if content is None:
        response = lead_client.post(desk.url("word_form_upload"))
    else:
        response = upload(lead_client, desk, content)

    assert response.status_code == 400
    assert sentence in response.text


def test_words_that_cannot_be_taken_are_shown_for_copying(desk, lead_client):
    preview = returned(
        lead_client, desk, capacity_local="Far too long. " * 1000, capacity_rating="Rather good"
    )

    assert offered(preview) == []
    assert "an answer can have 10,000" in preview.text
    assert "none of the ratings" in preview.text
    assert "Rather good</textarea>" in preview.text


def test_while_the_answers_are_locked_the_words_can_be_copied(desk, lead_client):
    fill_in(desk.assessment, by=desk.lead)
    content = filled(download(lead_client, desk), {LOCAL: "Nine units."})
    preview = upload(lead_client, desk, content)
    submit_assessment(assessment=desk.refreshed(), by=desk.lead)

    locked = upload(lead_client, desk, content)
    assert offered(locked) == []
    assert "Nine units.</textarea>" in locked.text
    assert "its answers are locked" in locked.text
    assert lead_client.get(desk.url("word_form_file")).status_code == 403
    late = lead_client.post(
        desk.url("word_form_take"),
        {"take": LOCAL, LOCAL: "Nine units.", f"version:{LOCAL}": "1"},
        HTTP_ORIGIN="http://testserver",
    )
    assert late.status_code == 403
    assert "Nine units." in late.text
    assert "Nine units." not in desk.response(LOCAL).text
    assert ticked(preview) == [LOCAL]


def test_a_contributors_form_has_their_answers_and_what_they_write_is_a_draft(desk, client):
    colleague = desk.person(None)
    name_contributor(
        assessment=desk.assessment, person=colleague, question_codes=[LOCAL], by=desk.lead
    )
    client.force_login(colleague)
    assert "the 1 answer you draft" in client.get(desk.url("word_form")).text

    preview = returned(client, desk, capacity_local="Nine units.", capacity_regional="Two.")
    assert offered(preview) == [LOCAL]
    take(client, desk, preview, LOCAL)

    assert desk.response(LOCAL).is_draft


def test_a_contributor_cannot_take_what_is_not_theirs(desk, client):
    client.force_login(desk.lead)
    content = filled(download(client, desk), {LOCAL: "Nine units.", REGIONAL: "Two units here."})
    colleague = desk.person(None)
    name_contributor(
        assessment=desk.assessment, person=colleague, question_codes=[LOCAL], by=desk.lead
    )
    client.force_login(colleague)

    preview = upload(client, desk, content)
    assert offered(preview) == [LOCAL]
    assert "asked you to draft other answers" in preview.text
    assert "Two units here.</textarea>" in preview.text

    forged = client.post(
        desk.url("word_form_take"),
        {"take": REGIONAL, REGIONAL: "Two units here.", f"version:{REGIONAL}": "0"},
        HTTP_ORIGIN="http://testserver",
    )
    assert forged.status_code == 409
    assert "Two units here." in forged.text
    assert desk.response(REGIONAL).text == ""


def test_what_is_typed_into_the_form_is_never_markup(desk, lead_client):
    preview = returned(lead_client, desk, capacity_local="<script>alert(1)</script>")

    assert "<script>alert" not in preview.text
    take(lead_client, desk, preview, LOCAL)
    assert desk.response(LOCAL).text == "<script>alert(1)</script>"
