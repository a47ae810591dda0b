"""The paper's pages: started, looked at, previewed, taken from step to step."""

import pytest
from django.urls import reverse

from reports.document import Audience
from reports.domain.compose import compose_paper
from reports.domain.documents import document_hash, final_documents
from reports.enums import PaperStatus
from reports.models import BoardPaper, PaperStatusChange, PaperTemplate
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from tests.factories import (
    approve_at_once,
    make_agreed,
    make_cycle,
    make_issued,
    make_paper,
    make_person,
    make_sent,
    shipped_template,
)

pytestmark = pytest.mark.django_db
YEAR = "2016-17"


def url(name, *args):
    return reverse(f"reports:{name}", args=[YEAR, *args])


def test_a_paper_is_started_before_every_assessment_is_approved(acc, sign_in):
    cycle = make_cycle(by=acc)
    approve_at_once(cycle.assessments.get(threat__code="terrorism"))
    template = shipped_template()
    client = sign_in(acc)

    page = client.get(url("compose"))
    response = client.post(url("compose"), {"template": template.pk}, follow=True)

    assert "You can start now." in page.content.decode()
    assert response.redirect_chain == [(url("paper"), 302)]
    text = response.content.decode()
    assert "The assessment on Public order is not approved." in text
    assert "Waits for approval" in text
    assert "The assessment on Terrorism is not approved." not in text


def test_a_paper_starts_with_the_template_of_the_year_before(acc, sign_in):
    shipped_template()
    used = PaperTemplate.objects.get(code="front-inline-end")
    compose_paper(cycle=make_cycle(by=acc, year="2015-16"), template=used, by=acc)
    make_cycle(by=acc, year=YEAR)

    page = sign_in(acc).get(url("compose"))

    assert page.context["form"]["template"].value() == str(used.pk)


def test_a_paper_is_not_started_twice(acc, sign_in):
    paper = make_paper(by=acc)

    response = sign_in(acc).post(url("compose"), {"template": paper.template_id})

    assert response.status_code == 409
    assert "This cycle has a paper already." in response.content.decode()
    assert BoardPaper.objects.count() == 1


def test_the_paper_shows_its_sections_with_the_numbers_they_will_have(acc, sign_in):
    make_paper(by=acc)

    text = sign_in(acc).get(url("paper")).content.decode()

    assert "Purpose of report" in text
    assert "Paragraphs 2 to 6" in text
    assert "Summary of self-assessments, August 2016" in text
    assert "2 recommendations" in text


def test_what_is_missing_is_linked_to_where_it_is_mended(acc, sign_in):
    paper = make_paper(by=acc)
    paper.force.recommendations.filter(year="2015-16").update(outcome="")
    paragraph = paper.sections.get(identity="legal").paragraphs.get()
    paragraph.text = "See [[recommendation:gone]]."
    paragraph.save()

    text = sign_in(acc).get(url("paper")).content.decode()

    assert f'href="{url("outcome", "earlier")}"' in text
    assert f'href="{url("paragraph", "legal", "legal")}"' in text


def test_an_approval_that_became_void_is_shown(acc, sign_in):
    paper = make_paper(by=acc)
    paper.cycle.assessments.get(threat__code="terrorism").summary.update(text="Changed.")

    text = sign_in(acc).get(url("paper")).content.decode()

    assert "The assessment on Terrorism is not approved." in text


def test_the_public_preview_leaves_restricted_words_out_and_says_so(acc, sign_in):
    make_paper(by=acc, restricted="SECRET strength of the team.")
    client = sign_in(acc)

    full = client.get(url("preview", "full")).content.decode()
    public = client.get(url("preview", "public")).content.decode()

    assert "SECRET strength" in full
    assert "SECRET" not in public
    assert "This is the public edition." in public
    assert "withheld under section 31" in public
    assert "Draft" in public


def test_a_previewed_paragraph_leads_to_the_answer_it_came_from(acc, sign_in):
    make_paper(by=acc)

    text = sign_in(acc).get(url("preview", "full")).content.decode()

    assert reverse("assessments:items", args=[YEAR, "terrorism", "summary"]) in text
    assert f"{url('section', 'purpose')}#paragraph-purpose" in text


def test_an_unknown_edition_is_not_found(acc, sign_in):
    make_paper(by=acc)

    assert sign_in(acc).get(url("preview", "secret")).status_code == 404


def test_the_paper_goes_its_whole_way(acc, executive, sign_in):
    paper = make_paper(by=acc)
    client = sign_in(acc)
    client.get(url("send"))
    client.post(url("send"))
    sign_in(executive)
    shown = client.get(url("agree")).context["form"].initial["document"]
    client.post(url("agree"), {"document": shown})
    paper.refresh_from_db()

    assert paper.status == PaperStatus.AGREED
    assert (paper.agreed_by, paper.agreed_by_name) == (executive, "Erin Executive")
    assert shown == document_hash(final_documents(paper)[Audience.FULL]) == paper.agreed_hash
    assert [change.action for change in paper.status_changes.all()] == ["send", "agree"]


def test_a_paper_with_something_missing_offers_no_button_to_send_it(acc, sign_in):
    paper = make_paper(by=acc)
    paper.force.recommendations.filter(year="2015-16").update(outcome="")
    client = sign_in(acc)

    page = client.get(url("send")).content.decode()
    response = client.post(url("send"))

    assert "The paper is not ready for this step." in page
    assert "Recommendation 1 of 2015/16 has no outcome." in page
    assert response.status_code == 409
    paper.refresh_from_db()
    assert paper.status == PaperStatus.DRAFT


def test_what_was_not_shown_is_not_agreed(acc, executive, sign_in):
    paper = make_sent(by=acc)

    response = sign_in(executive).post(url("agree"), {"document": "0" * 64})

    assert response.status_code == 409
    assert "not the paper you were shown" in response.content.decode()
    paper.refresh_from_db()
    assert paper.status == PaperStatus.WITH_EXECUTIVE


def test_a_paper_is_sent_back_with_a_reason_that_all_read(acc, executive, sign_in):
    paper = make_sent(by=acc)
    client = sign_in(executive)

    without = client.post(url("send_back"), {"reason": " "})
    client.post(url("send_back"), {"reason": "Paragraph 9 is too long."})
    text = sign_in(acc).get(url("paper")).content.decode()

    assert "Enter the reason" in without.content.decode()
    paper.refresh_from_db()
    assert paper.status == PaperStatus.DRAFT
    assert "Sent back" in text
    assert "Paragraph 9 is too long." in text


def test_a_paper_taken_back_after_agreement_must_be_agreed_again(acc, sign_in):
    paper = make_agreed(by=acc, with_files=False)

    sign_in(acc).post(url("withdraw"), {"reason": "A figure is wrong."})

    paper.refresh_from_db()
    assert (paper.status, paper.agreed_hash) == (PaperStatus.DRAFT, "")


def test_the_page_to_issue_says_which_files_are_missing(acc, sign_in):
    make_agreed(by=acc, with_files=False)

    text = sign_in(acc).get(url("issue")).content.decode()

    assert "0 of 6 files are made." in text
    assert url("files") in text
    assert "Issue the paper</button>" not in text


def test_a_paper_without_its_files_is_not_issued(acc, sign_in):
    paper = make_agreed(by=acc, with_files=False)

    response = sign_in(acc).post(url("issue"))

    assert response.status_code == 409
    assert "6 of the paper’s files" in response.content.decode().replace("&#x27;", "’")
    paper.refresh_from_db()
    assert paper.status == PaperStatus.AGREED


def test_issuing_is_warned_of_and_done_once(acc, sign_in):
    make_agreed(by=acc)
    client = sign_in(acc)

    page = client.get(url("issue")).content.decode()
    first = client.post(url("issue"))
    second = client.post(url("issue"))

    assert "issued for ever" in page
    assert first.url == url("issued")
    assert second.status_code == 409
    assert PaperStatusChange.objects.filter(action="issue").count() == 1
    assert AuditEvent.objects.filter(action="paper.issue").count() == 1


def test_a_step_that_came_too_late_keeps_the_typed_reason(acc, executive, sign_in):
    make_agreed(by=acc, with_files=False)

    response = sign_in(executive).post(url("send_back"), {"reason": "My long reason."})

    assert response.status_code == 409
    assert "My long reason." in response.content.decode()


STEPS = ("send", "send_back", "agree", "withdraw", "issue")
MAY = {
    Role.ACC_SECURITY: {"send", "withdraw", "issue"},
    Role.STAFF_OFFICER: {"send", "withdraw"},
    Role.EXECUTIVE: {"send_back", "agree"},
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_shown_to_those_who_may_take_it_and_refused_to_others(step, acc, sign_in):
    make_paper(by=acc)
    seen = {}
    for role in Role:
        person = make_person(force=acc.force, role=role)
        client = sign_in(person)
        seen[role] = (client.get(url(step)).status_code, client.post(url(step)).status_code)

    for role, (shown, posted) in seen.items():
        if step in MAY.get(role, ()):
            assert shown == 200
            assert posted in (200, 302, 409), role
        else:
            expected = 403 if role in MAY else 404
            assert (shown, posted) == (expected, expected), role


def test_a_button_that_is_not_offered_is_explained(acc, executive, sign_in):
    make_sent(by=acc)

    text = sign_in(acc).get(url("paper")).content.decode()

    assert "Only a member of the Executive Team can agree the paper." in text
    assert f'href="{url("agree")}"' not in text
    assert f'href="{url("withdraw")}"' in text


def test_the_header_is_changed_and_a_stale_change_shows_both(acc, sign_in):
    paper = make_paper(by=acc)
    client = sign_in(acc)
    values = {"title": "First", "marking": "OFFICIAL", "numbering": "run", "version": paper.version}

    client.post(url("change_paper"), values)
    stale = client.post(url("change_paper"), values | {"title": "Second"})
    again = client.post(
        url("change_paper"), values | {"title": "Second", "version": paper.version + 1}
    )

    text = stale.content.decode()
    assert stale.status_code == 409
    assert "First" in text
    assert 'value="Second"' in text
    assert f'value="{paper.version + 1}"' in text
    assert again.status_code == 302
    paper.refresh_from_db()
    assert paper.title == "Second"


def test_the_papers_of_another_force_are_not_there(acc, sign_in):
    make_paper(by=acc)
    stranger = make_person(role=Role.ACC_SECURITY)
    client = sign_in(stranger)

    assert client.get(url("paper")).status_code == 404
    assert client.get(url("preview", "full")).status_code == 404
    assert (
        "Strategic Policing Requirement"
        not in client.get(reverse("reports:papers")).content.decode()
    )


def test_pages_ask_little_of_the_database_however_long_the_paper(
    acc, sign_in, django_assert_max_num_queries
):
    paper = make_paper(by=acc)
    section = paper.sections.get(identity="introduction")
    for number in range(30):
        section.paragraphs.create(order=100 + number, text=f"More {number}.", is_public=True)
    client = sign_in(acc)
    for name, args, most in (
        ("paper", (), 10),
        ("preview", ("full",), 8),
        ("send", (), 8),
        ("section", ("introduction",), 8),
        ("paragraph", ("introduction", "threats"), 8),
        ("recommendations", (), 10),
        ("outcomes", (), 8),
        ("files", (), 10),
    ):
        client.get(url(name, *args))
        with django_assert_max_num_queries(most):
            assert client.get(url(name, *args)).status_code == 200, name


def test_an_issued_paper_still_leads_to_the_answers_but_not_to_closed_pages(acc, sign_in):
    make_issued(by=acc)

    text = sign_in(acc).get(url("preview", Audience.PUBLIC)).content.decode()

    assert f"/cycles/{YEAR}/terrorism/lists/summary/#item-" in text
    assert url("section", "purpose") not in text


def test_an_issued_paper_can_no_longer_be_changed(acc, sign_in):
    make_issued(by=acc)
    client = sign_in(acc)

    assert client.get(url("change_paper")).status_code == 403
    assert client.get(url("files")).url == url("issued")
    assert "Add a section" not in client.get(url("paper")).content.decode()


def test_a_cycle_without_a_paper_leads_its_writers_to_start_one(client, acc, executive):
    cycle = make_cycle(by=acc)
    address = reverse("reports:paper", args=[cycle.year])

    client.force_login(acc)
    assert client.get(address).url == reverse("reports:compose", args=[cycle.year])
    client.force_login(executive)
    response = client.get(address)
    assert response.status_code == 404
    assert "has not started the board paper of 2016/17" in response.content.decode()
