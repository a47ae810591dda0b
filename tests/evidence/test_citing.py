"""Evidence in an assessment: cited by value, ticked to its answers, frozen when submitted."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.domain.acceptance import restore_item
from assessments.domain.assessments import (
    approve_assessment,
    return_assessment,
    submit_assessment,
)
from assessments.domain.citing import add_and_cite, change_backing, cite_evidence
from assessments.domain.content import approval_stands, content_of, hash_of
from assessments.domain.evidence import change_evidence
from assessments.domain.items import add_item, remove_item
from assessments.enums import ItemKind
from assessments.exceptions import AlreadyCited, StaleEdit, UnknownPlace
from assessments.models import SetAside
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
from tests.evidence.conftest import ENTRY
from tests.factories import fill_in

CAPACITY = "What capacity does the force itself hold?"
DELIVERY = "How does the force deliver against this threat locally?"


def url(name: str, *more: str) -> str:
    return reverse(f"assessments:{name}", args=["2016-17", "terrorism", *more])


def text_of(response) -> str:
    return response.content.decode()


def post(register, path: str, data: dict, *, by=None, follow: bool = True):
    return register.client(by or register.lead).post(path, data, follow=follow)


def change(register, evidence, **values):
    evidence.refresh_from_db()
    return change_evidence(
        evidence=evidence, values=values, started_from=evidence.version, by=register.acc
    )


def submitted(register):
    fill_in(register.assessment, by=register.lead)
    return submit_assessment(assessment=register.of("terrorism"), by=register.lead)


def cited(register):
    return register.of("terrorism").evidence.get()


def test_a_lead_cites_an_entry_and_ticks_the_answers_it_backs(register):
    evidence = register.add(owner="Operations")
    page = register.page(register.lead, url("choose_evidence") + "?words=exercise")
    assert "Exercise report" in page

    done = post(
        register,
        url("cite_evidence", evidence.identity),
        {"backs": ["delivery-local", "capacity-local"]},
    )

    assert done.redirect_chain == [(url("items", "evidence"), 302)]
    reference = cited(register)
    assert (reference.title, reference.owner, reference.evidence) == (
        "Exercise report", "Operations", evidence,
    )  # fmt: skip
    assert reference.backs == ["delivery-local", "capacity-local"]  # the order of the questions
    assert CAPACITY in text_of(done)
    assert DELIVERY in text_of(done)


def test_a_new_piece_is_put_in_the_register_and_cited_in_one_go(register):
    before = AuditEvent.objects.count()

    add_and_cite(
        assessment=register.assessment, values=ENTRY, backs=["capacity-local"], by=register.lead
    )

    assert cited(register).evidence == register.force.evidence.get()
    # The first words start the assessment, which is an event of its own.
    assert AuditEvent.objects.count() == before + 2


def test_the_count_stands_beside_the_answer_and_leads_to_citing_more(register):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    register.cite(register.add())
    register.cite(register.add(title="Old plan", expires_on=yesterday))

    page = register.page(register.lead, url("part", "capacity"))

    assert "2 pieces of evidence back this answer (1 expired)" in page
    assert "Old plan" in page
    assert f'href="{url("choose_evidence")}?backs=capacity-local"' in page
    choosing = register.page(register.lead, url("choose_evidence") + "?backs=capacity-local")
    assert "?backs=capacity-local" in choosing


def test_the_answer_a_person_came_from_is_ticked_already(register):
    evidence = register.add()

    page = register.page(
        register.lead, url("cite_evidence", evidence.identity) + "?backs=capacity-local"
    )

    assert 'value="capacity-local" checked' in page
    assert page.count(" checked") == 1 + 1  # and that nothing is cleared


def test_a_reviewer_sees_what_backs_each_answer(register):
    register.cite(register.add())
    submitted(register)

    page = register.page(register.acc, url("review"))

    assert "1 piece of evidence backs this answer" in page


def test_a_reference_of_old_backs_every_answer_of_its_part_until_it_is_saved(register):
    part = register.cycle.edition.parts.get(code="capacity")
    old = add_item(
        assessment=register.assessment,
        kind=ItemKind.EVIDENCE,
        values={"kind": "stra", "title": "Old reference", "part": part},
        by=register.lead,
    )
    page = register.page(register.lead, url("part", "capacity"))
    assert page.count("1 piece of evidence backs this answer") == 4
    change_page = register.page(register.lead, url("change_cited", old.identity))
    assert change_page.count('name="backs" type="checkbox" value="capacity') == 4
    assert (
        change_page.count(" checked") == 4 + 2
    )  # and the usual marking, and that nothing is cleared

    post(
        register,
        url("change_cited", old.identity),
        ENTRY | {"title": "Old reference", "backs": ["capacity-local"], "version": "1"},
    )

    reference = cited(register)
    assert (reference.part, reference.backs) == (None, ["capacity-local"])
    assert reference.evidence.title == "Old reference"
    assert register.page(register.lead, url("part", "capacity")).count("backs this answer") == 1


def test_copies_follow_the_register_while_the_assessment_is_written(register):
    evidence = register.add()
    reference = register.cite(evidence)

    change(register, evidence, title="Report of the exercise", owner="CTU")

    assert (cited(register).title, cited(register).owner) == ("Report of the exercise", "CTU")
    assert cited(register).version == reference.version + 1


def test_what_was_submitted_keeps_its_words_and_its_sum(register):
    evidence = register.add()
    register.cite(evidence)
    approved = submitted(register)
    content = hash_of(content_of(approved))
    change(register, evidence, title="Other words")
    assert hash_of(content_of(approved)) == content

    approve_assessment(assessment=approved, content_hash=content, by=register.acc)
    change(register, evidence, title="Still other words", expires_on=datetime.date(2016, 1, 1))

    assert cited(register).title == "Exercise report"
    assert approval_stands(register.of("terrorism"))


def test_a_returned_assessment_follows_again_from_the_next_change(register):
    evidence = register.add()
    register.cite(evidence)
    returned = submitted(register)
    change(register, evidence, title="Other words")
    return_assessment(assessment=returned, reason="Say more.", by=register.acc)
    assert cited(register).title == "Exercise report"

    change(register, evidence, title="The newest words")

    assert cited(register).title == "The newest words"


def test_nothing_follows_in_a_year_whose_paper_is_issued(register):
    evidence = register.add()
    register.cite(evidence)
    register.cycle.closed_at = timezone.now()
    register.cycle.save()

    change(register, evidence, title="Other words")

    assert cited(register).title == "Exercise report"


def test_an_edit_under_way_notices_that_the_register_changed(register):
    evidence = register.add()
    reference = register.cite(evidence)
    change(register, evidence, title="Other words")

    page = post(
        register, url("change_cited", reference.identity), {"backs": "delivery-local", "version": 1}
    )

    assert page.status_code == 409
    assert "What is saved now" in text_of(page)
    assert cited(register).backs == ["capacity-local"]
    again = {"backs": "delivery-local", "version": cited(register).version}
    post(register, url("change_cited", reference.identity), again)
    assert cited(register).backs == ["delivery-local"]


def test_ticks_set_aside_wait_for_their_author(register):
    reference = register.cite(register.add())
    second = register.person(Role.FORCE_LEAD, "terrorism")
    at = {"assessment": register.assessment, "identity": reference.identity, "started_from": 1}
    change_backing(backs=["delivery-local"], by=second, **at)
    with pytest.raises(StaleEdit):
        change_backing(backs=[], by=register.lead, **at)

    address = url("change_cited", reference.identity)
    assert "Ticks of yours that were not saved" in register.page(register.lead, address)
    assert "not saved" not in register.page(second, address)

    post(register, address, {"settle": "yes"})
    assert not SetAside.objects.filter(settled_at__isnull=True).exists()


def test_ticks_for_what_was_taken_off_the_list_are_shown(register):
    reference = register.cite(register.add())
    at = {"assessment": register.assessment, "identity": reference.identity, "by": register.lead}
    remove_item(kind=ItemKind.EVIDENCE, started_from=1, **at)

    page = post(
        register, url("change_cited", reference.identity), {"backs": "delivery-local", "version": 1}
    )

    assert page.status_code == 409
    assert "Somebody took this evidence off the list" in text_of(page)
    assert DELIVERY in text_of(page)
    never_here = post(register, url("change_cited", "no-such"), {"backs": "", "version": 1})
    assert never_here.status_code == 404


def test_an_entry_is_cited_once(register):
    evidence = register.add()
    reference = register.cite(evidence)
    with pytest.raises(AlreadyCited):
        register.cite(evidence, backs=[])

    again = post(register, url("cite_evidence", evidence.identity), {"backs": []})

    assert again.redirect_chain == [(url("change_cited", reference.identity), 302)]
    assert "cites this piece of evidence already" in text_of(again)
    assert cited(register).backs == ["capacity-local"]


def test_what_is_cited_already_is_not_offered_again(register):
    register.cite(register.add())

    assert "Exercise report" not in register.page(register.lead, url("choose_evidence"))


def test_a_lead_cites_only_what_they_see(register):
    theirs = register.add(by=register.cyber_lead)

    assert "Exercise report" not in register.page(register.lead, url("choose_evidence"))
    answer = post(register, url("cite_evidence", theirs.identity), {"backs": []})
    assert answer.status_code == 404
    with pytest.raises(PolicyDenied):
        cite_evidence(assessment=register.assessment, evidence=theirs, backs=[], by=register.lead)


def test_an_answer_of_another_threat_cannot_be_ticked(register):
    with pytest.raises(UnknownPlace):
        register.cite(register.add(), backs=["no-such-question"])


def test_nothing_is_cited_in_what_was_submitted(register):
    evidence = register.add()
    submitted(register)

    answer = post(register, url("cite_evidence", evidence.identity), {"backs": []})

    assert answer.status_code == 403
    assert not register.of("terrorism").evidence.exists()


def test_a_contributors_piece_is_a_draft(register):
    contributor = register.person(Role.CONTRIBUTOR, "terrorism")

    post(register, url("add_cited"), ENTRY | {"backs": "capacity-local"}, by=contributor)

    assert cited(register).is_draft
    assert f"Drafted by {contributor.name}" in register.page(
        register.lead, url("items", "evidence")
    )


@pytest.mark.parametrize(
    ("expires_on", "said"),
    [
        (datetime.date(2016, 8, 30), "expired on 30 August 2016, before the as-at date"),
        (datetime.date(2016, 8, 31), "expired on 31 August 2016, since the as-at date"),
        (timezone.localdate(), ""),
        (None, ""),
    ],
)
def test_expired_evidence_is_said_before_submitting_and_bars_nothing(register, expires_on, said):
    register.cite(register.add(expires_on=expires_on))
    fill_in(register.assessment, by=register.lead)

    page = register.page(register.lead, url("check"))

    assert ("Evidence that has expired" in page) == bool(said)
    assert said in page
    assert "Submit the assessment" in page


def test_going_back_to_what_was_accepted_keeps_the_words_of_the_register(register):
    evidence = register.add()
    reference = register.cite(evidence)
    contributor = register.person(Role.CONTRIBUTOR, "terrorism")
    change_backing(
        assessment=register.assessment,
        identity=reference.identity,
        backs=["delivery-local"],
        started_from=1,
        by=contributor,
    )
    change(register, evidence, title="Other words")

    restore_item(
        assessment=register.assessment,
        kind=ItemKind.EVIDENCE,
        identity=reference.identity,
        version=cited(register).version,
        by=register.lead,
    )

    assert (cited(register).title, cited(register).backs) == ("Other words", ["capacity-local"])
