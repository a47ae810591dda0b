"""Items that somebody else changed, removed or locked meanwhile: no word is lost."""

from assessments.domain.assessments import submit_assessment
from assessments.domain.items import change_item, remove_item
from assessments.enums import ItemKind
from assessments.models import SetAside
from spr_portal.identity.enums import Role
from tests.assessments.lead import desk, lead_client
from tests.assessments.lists import items, paragraph, text_of
from tests.factories import fill_in

__all__ = ["desk", "lead_client"]


def change(desk, item, text: str, *, by) -> None:
    change_item(
        assessment=desk.assessment,
        kind=ItemKind.SUMMARY,
        identity=item.identity,
        values={"text": text, "is_public": True},
        started_from=item.version,
        by=by,
    )


def test_stale_change_shows_both_and_then_the_choice_stands(desk, lead_client):
    item = paragraph(desk)
    change(desk, item, "Theirs.", by=desk.person(Role.FORCE_LEAD))
    address = desk.url("change_item", "summary", item.identity)

    response = lead_client.post(address, {"text": "Mine.", "publication": "public", "version": "1"})

    page = text_of(response)
    assert response.status_code == 409
    assert "Theirs." in page
    assert ">\nMine.</textarea>" in page
    assert 'name="version" value="2"' in page
    assert items(desk, "summary")[0].text == "Theirs."
    assert "Mine." in text_of(lead_client.get(address))

    lead_client.post(address, {"text": "Both.", "publication": "public", "version": "2"})

    assert items(desk, "summary")[0].text == "Both."
    assert not SetAside.objects.filter(settled_at=None).exists()


def test_words_that_wait_can_be_let_go(desk, lead_client):
    item = paragraph(desk)
    change(desk, item, "Theirs.", by=desk.person(Role.FORCE_LEAD))
    address = desk.url("change_item", "summary", item.identity)
    lead_client.post(address, {"text": "Mine.", "publication": "public", "version": "1"})

    lead_client.post(address, {"settle": "yes"})

    assert items(desk, "summary")[0].text == "Theirs."
    assert "Mine." not in text_of(lead_client.get(address))


def test_change_of_a_removed_item_can_be_added_anew(desk, lead_client):
    item = paragraph(desk)
    remove_item(
        assessment=desk.assessment,
        kind=ItemKind.SUMMARY,
        identity=item.identity,
        started_from=1,
        by=desk.person(Role.FORCE_LEAD),
    )
    address = desk.url("change_item", "summary", item.identity)

    response = lead_client.post(address, {"text": "Mine.", "publication": "public", "version": "1"})

    page = text_of(response)
    assert response.status_code == 409
    assert "Somebody else removed this paragraph" in page
    assert ">\nMine.</textarea>" in page
    assert f'action="{desk.url("add_item", "summary")}"' in page
    assert f'name="instead_of" value="{item.identity}"' in page
    assert "Mine." in text_of(lead_client.get(address))

    lead_client.post(
        desk.url("add_item", "summary"),
        {"text": "Mine.", "publication": "public", "instead_of": item.identity},
    )

    assert [item.text for item in items(desk, "summary")] == ["Mine."]
    assert not SetAside.objects.filter(settled_at=None).exists()


def test_item_changed_meanwhile_is_not_removed_unread(desk, lead_client):
    item = paragraph(desk)
    change(desk, item, "Theirs.", by=desk.person(Role.FORCE_LEAD))
    address = desk.url("remove_item", "summary", item.identity)

    response = lead_client.post(address, {"version": "1"})

    assert response.status_code == 409
    assert "Theirs." in text_of(response)
    assert 'name="version" value="2"' in text_of(response)
    assert len(items(desk, "summary")) == 1


def test_removing_twice_does_no_harm(desk, lead_client):
    address = desk.url("remove_item", "summary", paragraph(desk).identity)
    lead_client.post(address, {"version": "1"})

    assert lead_client.post(address, {"version": "1"}).url == desk.url("items", "summary")


def test_locked_meanwhile_keeps_the_words_on_the_page(desk, lead_client):
    fill_in(desk.assessment, by=desk.lead)
    [item] = items(desk, "summary")
    submit_assessment(assessment=desk.assessment, by=desk.person(Role.FORCE_LEAD))
    sent = {"text": "My last words.", "publication": "public", "version": str(item.version)}

    for address in [
        desk.url("change_item", "summary", item.identity),
        desk.url("add_item", "summary"),
    ]:
        response = lead_client.post(address, sent)

        assert response.status_code == 409
        assert "This assessment is submitted, so its answers are locked." in text_of(response)
        assert ">\nMy last words.</textarea>" in text_of(response)
    assert len(items(desk, "summary")) == 1


def test_locked_list_offers_no_changes(desk, lead_client):
    fill_in(desk.assessment, by=desk.lead)
    submit_assessment(assessment=desk.assessment, by=desk.lead)
    [item] = items(desk, "summary")
    at = ("summary", item.identity)

    page = text_of(lead_client.get(desk.url("items", "summary")))

    assert "its answers are locked" in page
    assert "Remove" not in page
    assert lead_client.get(desk.url("change_item", *at)).status_code == 403
    assert lead_client.post(desk.url("remove_item", *at), {"version": "1"}).status_code == 403
    assert lead_client.post(desk.url("move_item", *at), {"direction": "up"}).status_code == 403
    assert len(items(desk, "summary")) == 1


def test_the_same_change_sent_twice_is_no_conflict(desk, lead_client):
    item = paragraph(desk)
    sent = {"text": "Two.", "publication": "public", "version": "1"}

    answers = [
        lead_client.post(desk.url("change_item", "summary", item.identity), sent) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert [row.text for row in items(desk, ItemKind.SUMMARY)] == ["Two."]
    assert not SetAside.objects.exists()
