"""The register of evidence: who sees what, how it is found, changed and taken away."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.domain.evidence import change_evidence
from assessments.enums import Marking
from assessments.exceptions import StaleEdit
from assessments.models import Contributor
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
from spr_portal.identity.models import User
from tests.evidence.conftest import ENTRY, Register

LIST = "/evidence/"
TODAY = timezone.localdate()


def entry(evidence, name: str = "evidence_entry") -> str:
    return reverse(f"assessments:{name}", args=[evidence.identity])


def titles(register, person, query: str = "") -> list[str]:
    page = register.client(person).get(f"{LIST}{query}")
    return [line.title for line in page.context["lines"]]


@pytest.fixture
def mixed(register):
    """One entry of each sort: the lead's own, another lead's, a shared one, ACC Security's."""
    register.add(title="Mine")
    register.add(by=register.cyber_lead, title="Theirs")
    register.add(by=register.cyber_lead, title="Shared", is_shared=True)
    register.add(by=register.acc, title="Debrief")
    return register


def test_leads_see_what_is_theirs_shared_or_backs_their_assessment(mixed):
    mine_too = mixed.add(by=mixed.cyber_lead, title="Cited by cyber", is_shared=True)
    mixed.cite(mine_too, threat="cyber", by=mixed.cyber_lead)
    mine_too.is_shared = False
    mine_too.save()

    assert titles(mixed, mixed.lead) == ["Mine", "Shared"]
    assert titles(mixed, mixed.cyber_lead) == ["Cited by cyber", "Shared", "Theirs"]


def test_what_backs_an_assessment_is_seen_by_all_who_see_it(register):
    evidence = register.add(title="Mine")
    register.cite(evidence)
    contributor = register.person(Role.CONTRIBUTOR, "terrorism")
    named = register.person(Role.CONTRIBUTOR, "public-order")
    assert titles(register, contributor) == ["Mine"]
    assert titles(register, named) == []

    Contributor.objects.create(
        assessment=register.assessment,
        person=named,
        question_codes=["capacity-local"],
        named_by=register.lead,
        named_at=timezone.now(),
    )

    assert titles(register, named) == ["Mine"]


def test_who_leads_on_another_threat_by_now_sees_no_more_of_the_former_one(register):
    cited = register.add(title="Cited")
    register.cite(cited)
    register.add(title="Backs nothing yet")
    lead = register.lead
    lead.appointments.update(threat_code="cyber")

    assert titles(register, lead) == ["Backs nothing yet"]
    assert register.client(lead).get(entry(cited)).status_code == 404
    with pytest.raises(PolicyDenied):
        someone = User.objects.get(pk=lead.pk)  # rights are read once a person
        change_evidence(evidence=cited, values={"owner": "X"}, started_from=1, by=someone)


@pytest.mark.parametrize("role", [Role.ACC_SECURITY, Role.STAFF_OFFICER, Role.EXECUTIVE])
def test_who_sees_every_assessment_sees_the_whole_register(mixed, role):
    assert titles(mixed, mixed.person(role)) == ["Debrief", "Mine", "Shared", "Theirs"]


@pytest.mark.parametrize("role", [Role.OPCC, Role.ADMINISTRATOR])
def test_others_have_no_register(mixed, role):
    client = mixed.client(mixed.person(role))

    assert client.get(LIST).status_code == 403
    assert client.get(entry(mixed.force.evidence.first())).status_code == 404


def test_a_former_lead_sees_nothing_any_more(mixed):
    mixed.lead.appointments.update(ends_on=TODAY - datetime.timedelta(days=1))

    assert mixed.client(mixed.lead).get(LIST).status_code == 403


def test_another_force_sees_nothing_of_it(mixed):
    other = Register()

    assert titles(mixed, other.acc) == []
    assert other.client(other.acc).get(entry(mixed.force.evidence.first())).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?words=plan+cyber", ["Cyber plan"]),
        ("?words=FOOTBALL", ["Debriefs"]),  # its owner
        ("?words=p-drive", ["Cyber plan"]),  # where it is kept
        ("?kind=doctrine", ["Cyber plan"]),
        ("?expiry=expired", ["Old"]),
        ("?expiry=soon", ["Last day", "Soon"]),
        ("?use=used", ["Debriefs"]),
        ("?use=unused", ["Cyber plan", "Last day", "Later", "Old", "Soon"]),
        ("?words=old&kind=no-such&expiry=%00", ["Old"]),
        ("?words=old&page=999", ["Old"]),
    ],
)
def test_the_register_is_searched_and_filtered(register, query, found):
    day = datetime.timedelta(days=1)
    register.add(title="Cyber plan", kind="doctrine", kept_at="P-drive")
    register.cite(register.add(title="Debriefs", owner="Football unit"))
    register.add(title="Old", expires_on=TODAY - day)
    register.add(title="Soon", expires_on=TODAY + 60 * day)
    register.add(title="Later", expires_on=TODAY + 61 * day)
    register.add(title="Last day", expires_on=TODAY)

    assert titles(register, register.lead, query) == found


def test_a_long_register_comes_in_pages(register):
    for number in range(30):
        register.add(title=f"Piece {number:02}")

    assert len(titles(register, register.lead)) == 25
    assert titles(register, register.lead, "?page=2")[0] == "Piece 25"


def test_a_lead_is_not_told_of_uses_they_cannot_see(register):
    evidence = register.add(by=register.cyber_lead, title="Plan", is_shared=True)
    register.cite(evidence, threat="cyber", by=register.cyber_lead)

    page = register.page(register.lead, entry(evidence))

    assert "No assessment that you can see cites it." in page
    assert titles(register, register.lead, "?use=used") == []
    assert titles(register, register.acc, "?use=used") == ["Plan"]
    assert str(register.of("cyber")) in register.page(register.acc, entry(evidence))


def test_an_entry_says_which_answers_it_backs(register):
    evidence = register.add()
    register.cite(evidence, backs=["capacity-local"])

    page = register.page(register.lead, entry(evidence))

    assert "Terrorism, 2016/17" in page
    assert "What capacity does the force itself hold?" in page


def test_an_entry_is_added_and_changed_on_its_page(register):
    client = register.client(register.lead)

    added = client.post("/evidence/add/", ENTRY | {"owner": "Operations"}, follow=True)

    evidence = register.force.evidence.get()
    assert added.redirect_chain == [(entry(evidence), 302)]
    assert (evidence.owner, evidence.added_by, evidence.version) == ("Operations", register.lead, 1)
    client.post(entry(evidence, "change_evidence"), ENTRY | {"owner": "CTU", "version": "1"})
    evidence.refresh_from_db()
    assert (evidence.owner, evidence.version) == ("CTU", 2)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": " "}, "Enter the title"),
        ({"kind": ""}, "Select the kind of evidence"),
        ({"marking": "SECRET"}, "Select a valid choice"),
        (
            {"dated_day": "1", "dated_month": "1", "dated_year": "16"},
            "must have a year of 4 numbers",
        ),
    ],
)
def test_a_wrong_entry_is_refused_beside_its_field(register, typed, sentence):
    page = register.client(register.lead).post("/evidence/add/", ENTRY | typed)

    assert sentence in page.content.decode()
    assert not register.force.evidence.exists()


def test_evidence_does_not_expire_before_its_own_date(register):
    typed = {"dated_day": "1", "dated_month": "May", "dated_year": "2016"}
    typed |= {"expires_on_day": "1", "expires_on_month": "4", "expires_on_year": "2016"}

    page = register.client(register.lead).post("/evidence/add/", ENTRY | typed)

    assert "The evidence cannot expire before its own date" in page.content.decode()


def test_a_stale_change_shows_both_and_is_saved_over_the_newer_when_sent_again(register):
    evidence = register.add()
    address = entry(evidence, "change_evidence")
    change_evidence(
        evidence=evidence, values={"owner": "Operations"}, started_from=1, by=register.acc
    )

    page = register.client(register.lead).post(address, ENTRY | {"owner": "CTU", "version": "1"})

    assert page.status_code == 409
    assert "Operations" in page.content.decode()
    assert 'value="CTU"' in page.content.decode()
    evidence.refresh_from_db()
    assert (evidence.owner, evidence.version) == ("Operations", 2)
    register.client(register.lead).post(address, ENTRY | {"owner": "CTU", "version": "2"})
    evidence.refresh_from_db()
    assert (evidence.owner, evidence.version) == ("CTU", 3)


def test_the_same_words_change_nothing(register):
    evidence = register.add()
    before = AuditEvent.objects.count()

    change_evidence(evidence=evidence, values=ENTRY, started_from=1, by=register.lead)

    evidence.refresh_from_db()
    assert evidence.version == 1
    assert AuditEvent.objects.count() == before


def test_every_change_leaves_one_event(register):
    evidence = register.add()
    change_evidence(evidence=evidence, values={"owner": "CTU"}, started_from=1, by=register.lead)

    events = AuditEvent.objects.filter(subject=f"evidence {evidence.identity}")
    assert [event.action for event in events.order_by("sequence")] == [
        "evidence.added",
        "evidence.changed",
    ]
    assert "CTU" not in str([event.details for event in events])


def test_only_who_answers_for_an_entry_changes_it(register):
    shared = register.add(is_shared=True)
    backing = register.add(by=register.acc, title="Debrief", is_shared=True)
    register.cite(backing)
    may = {
        "who added it": (shared, register.lead, True),
        "ACC Security": (shared, register.acc, True),
        "a lead who only sees it": (shared, register.cyber_lead, False),
        "a lead whose open assessment it backs": (backing, register.lead, True),
        "a lead whose assessment it does not back": (backing, register.cyber_lead, False),
        "the Executive Team": (shared, register.person(Role.EXECUTIVE), False),
        "another force": (shared, Register().acc, False),
    }
    for who, (evidence, person, allowed) in may.items():
        evidence.refresh_from_db()
        values, version = {"owner": f"by {who}"}, evidence.version
        if allowed:
            change_evidence(evidence=evidence, values=values, started_from=version, by=person)
        else:
            with pytest.raises(PolicyDenied):
                change_evidence(evidence=evidence, values=values, started_from=version, by=person)


def test_a_stale_change_raises_with_the_newer_entry(register):
    evidence = register.add()
    change_evidence(evidence=evidence, values={"owner": "CTU"}, started_from=1, by=register.lead)

    with pytest.raises(StaleEdit) as stale:
        change_evidence(evidence=evidence, values={"owner": "X"}, started_from=1, by=register.lead)

    assert stale.value.newer.owner == "CTU"


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_register_is_taken_away_as_a_file(register, file_format):
    register.add(title="=cmd()", owner="Operations")
    register.add(title="Debrief")

    answer = register.client(register.lead).get(f"{LIST}?words=operations&format={file_format}")

    assert answer["Content-Disposition"] == f'attachment; filename="evidence.{file_format}"'
    if file_format == "csv":
        text = answer.content.decode("utf-8-sig")
        assert '"\'=cmd()"' in text
        assert "Debrief" not in text


@pytest.mark.parametrize("marking", Marking)
def test_workbook_bears_the_highest_marking_in_it(register, marking):
    register.add(title="Plain")
    register.add(title="Marked", marking=marking, handling="By hand.")

    answer = register.client(register.lead).get(f"{LIST}?format=xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.oddHeader.center.text == marking


def test_what_somebody_may_not_see_is_not_in_their_file(mixed):
    text = mixed.client(mixed.lead).get(f"{LIST}?format=csv").content.decode()

    assert "Mine" in text
    assert "Theirs" not in text
