"""A correction: a further issue that supersedes, while what was issued stands for every reader."""

import datetime
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.document import Audience, from_json
from reports.domain.compose import compose_paper
from reports.domain.corrections import begin_correction, change_correction, give_up_correction
from reports.domain.documents import document_hash, document_of, final_documents, problems_in
from reports.domain.kept_words import words_of
from reports.domain.manifest import public_manifest_of, sum_of
from reports.domain.papers import agree_paper, issue_paper, send_paper, withdraw_paper
from reports.domain.recommendations import (
    add_recommendation,
    change_recommendation,
    remove_recommendation,
)
from reports.domain.wording import (
    add_paragraph,
    change_paper,
    change_paragraph,
    change_section,
    remove_paragraph,
)
from reports.enums import PaperStatus
from reports.exceptions import PaperNotReady, StalePaperEdit
from reports.models import BoardPaper, IssuedPaper, KeptWords, Recommendation
from spr_portal.audit.models import AuditEvent
from spr_portal.audit.verifying import verify
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied, Refused
from spr_portal.workflow import InvalidTransition, ReasonMissing
from tests.factories import (
    make_agreed,
    make_cycle,
    make_files_up,
    make_issued,
    make_paper,
    make_person,
    shipped_template,
)

pytestmark = pytest.mark.django_db
YEAR = "2016-17"
NEXT_YEAR = {
    "as_at": datetime.date(2017, 8, 31),
    "tasked_on": datetime.date(2017, 2, 15),
    "due_on": datetime.date(2017, 8, 31),
    "executive_on": datetime.date(2018, 1, 16),
    "board_on": datetime.date(2018, 2, 7),
}
REASON = "Paragraph 2 named the wrong month."


@pytest.fixture
def first(acc):
    return make_issued(by=acc)


@pytest.fixture
def correcting(first, acc):
    return begin_correction(paper=first.paper, reason=REASON, by=acc)


def fresh(paper):
    return BoardPaper.objects.select_related("cycle__force", "cycle__edition", "template").get(
        pk=paper.pk
    )


def change_words(paper, acc, text="Other words."):
    section = paper.sections.get(identity="purpose")
    row = section.paragraphs.get()
    change_paragraph(
        section=section,
        identity=row.identity,
        values={"text": text, "is_public": True, "withheld_under": ""},
        started_from=row.version,
        by=acc,
    )


def issue_again(paper, acc, executive):
    send_paper(paper=paper, by=acc)
    full = final_documents(fresh(paper))[Audience.FULL]
    agreed = agree_paper(paper=fresh(paper), document=document_hash(full), by=executive)
    make_files_up(agreed)
    return issue_paper(paper=fresh(paper), by=acc)


def test_a_correction_supersedes_and_the_first_issue_stays_as_it_was(
    first, correcting, acc, executive
):
    before = (first.document, first.manifest, sorted(f.sha256 for f in first.files.all()))
    change_words(correcting, acc)

    second = issue_again(correcting, acc, executive)

    assert (second.number, second.supersedes, second.correction) == (2, first, REASON)
    kept = IssuedPaper.objects.get(pk=first.pk)
    assert (kept.document, kept.manifest, sorted(f.sha256 for f in kept.files.all())) == before
    assert fresh(correcting).issued == second
    assert "Other words." in second.document
    names = set(second.files.values_list("name", flat=True))
    assert not names & set(first.files.values_list("name", flat=True))
    assert "wmp-2016-17-spr-board-paper-issue-2-public.pdf" in names
    assert not KeptWords.objects.exists()
    verify()


def test_the_new_paper_says_at_its_head_what_it_corrects(correcting, acc, executive):
    second = issue_again(correcting, acc, executive)

    for audience in Audience:
        paper = from_json(
            bytes(second.files.get(audience=audience, format="json").content).decode()
        )
        assert paper.notices[0].startswith("This is issue 2 of the paper. It supersedes issue 1,")
        assert paper.notices[1:] == (f"What it corrects: {REASON}",)
    assert document_hash(document_of(fresh(correcting), Audience.FULL)) == second.document_hash


def test_the_manifests_are_chained_and_lie_in_the_audit(first, correcting, acc, executive):
    second = issue_again(correcting, acc, executive)

    before = json.loads(second.manifest)["supersedes"]
    assert before == {"number": 1, "manifest_sha256": sum_of(first.manifest)}
    kept = AuditEvent.objects.filter(action="paper.issue").order_by("sequence")
    assert [event.details["manifest"] for event in kept] == [
        sum_of(first.manifest), sum_of(second.manifest)
    ]  # fmt: skip


def test_a_public_manifest_gives_away_nothing_restricted(acc):
    issued = make_issued(by=acc, restricted="Forty-one are trained.")

    public = public_manifest_of(issued.manifest)

    full_sums = [f.sha256 for f in issued.files.filter(audience="full")]
    for hidden in (*full_sums, issued.document_hash, "Alex Acc", "Person ", "full", "Forty-one"):
        assert hidden not in public
    assert {f["sha256"] for f in json.loads(public)["files"]} == set(
        issued.files.filter(audience="public").values_list("sha256", flat=True)
    )


def test_the_words_that_were_issued_come_back_when_a_correction_is_given_up(first, correcting, acc):
    Recommendation.objects.filter(year=YEAR, identity="submit").update(outcome="Known by now.")
    change_words(correcting, acc, "Words that are given up.")
    introduction = correcting.sections.get(identity="introduction")
    add_paragraph(section=introduction, values={"text": "Added.", "is_public": True}, by=acc)
    remove_paragraph(
        section=introduction, identity=introduction.paragraphs.first().identity, by=acc
    )
    change_section(
        section=introduction,
        heading="Another heading",
        has_numbers=False,
        started_from=introduction.version,
        by=acc,
    )
    values = {"addressee": "A", "text": "to b.", "is_public": True}
    add_recommendation(paper=correcting, values=values, by=acc)
    [one, *_] = Recommendation.objects.filter(year=YEAR)
    remove_recommendation(paper=correcting, identity=one.identity, by=acc)
    change_paper(
        paper=correcting,
        values={"title": "Another title"},
        started_from=fresh(correcting).version,
        by=acc,
    )

    given_up = give_up_correction(paper=fresh(correcting), reason="It was right.", by=acc)

    paper = fresh(given_up)
    assert (paper.status, paper.correction) == (PaperStatus.ISSUED, "")
    assert document_hash(document_of(paper, Audience.FULL)) == first.document_hash
    assert paper.agreed_hash == first.document_hash
    assert paper.issued == first
    assert not KeptWords.objects.exists()
    said = AuditEvent.objects.get(action="paper.give_up").details
    assert "Words that are given up." in json.dumps(said)


def test_what_became_of_a_recommendation_is_not_undone(correcting, acc):
    row = Recommendation.objects.filter(year=YEAR).first()
    change_recommendation(
        paper=correcting,
        identity=row.identity,
        values={"text": "to do otherwise."},
        started_from=row.version,
        by=acc,
    )
    Recommendation.objects.filter(pk=row.pk).update(status="in_progress", outcome="Begun.")

    give_up_correction(paper=correcting, reason="It was right.", by=acc)

    after = Recommendation.objects.get(pk=row.pk)
    assert (after.text, after.status, after.outcome) == (row.text, "in_progress", "Begun.")


def test_a_page_opened_during_a_correction_saves_over_nothing(correcting, acc):
    section = correcting.sections.get(identity="purpose")
    change_words(correcting, acc)
    seen = section.paragraphs.get().version
    given_up = give_up_correction(paper=correcting, reason="It was right.", by=acc)
    again = begin_correction(paper=given_up, reason="Another.", by=acc)

    with pytest.raises(StalePaperEdit):
        change_paragraph(
            section=again.sections.get(identity="purpose"),
            identity="purpose",
            values={"text": "Late.", "is_public": True},
            started_from=seen,
            by=acc,
        )


def test_giving_up_twice_or_never_issued_changes_nothing(correcting, acc):
    words = words_of(fresh(correcting))
    give_up_correction(paper=correcting, reason="It was right.", by=acc)

    with pytest.raises((PolicyDenied, InvalidTransition)):
        give_up_correction(paper=fresh(correcting), reason="It was right.", by=acc)

    assert words_of(fresh(correcting))["sections"][0]["heading"] == words["sections"][0]["heading"]
    other = make_paper()
    with pytest.raises(PolicyDenied, match="no correction"):
        give_up_correction(
            paper=other, reason="No.", by=make_person(force=other.force, role=Role.ACC_SECURITY)
        )


def test_a_correction_needs_its_reason(first, acc):
    with pytest.raises(ReasonMissing):
        begin_correction(paper=first.paper, reason="  ", by=acc)

    assert fresh(first.paper).status == PaperStatus.ISSUED


def test_what_it_corrects_can_be_said_otherwise_until_it_is_sent(correcting, acc, executive):
    change_correction(paper=correcting, text="Two months.", started_from=correcting.version, by=acc)
    with pytest.raises(StalePaperEdit):
        change_correction(paper=correcting, text="X.", started_from=correcting.version, by=acc)

    second = issue_again(correcting, acc, executive)

    assert second.correction == "Two months."


def test_an_agreement_of_the_first_issue_is_none_of_the_correction(correcting, acc):
    change_words(correcting, acc)

    assert correcting.agreed_hash == ""
    with pytest.raises((InvalidTransition, PaperNotReady)):
        issue_paper(paper=fresh(correcting), by=acc)


def test_the_office_reads_what_is_issued_while_it_is_corrected(correcting, acc, opcc, sign_in):
    change_words(correcting, acc, "Not issued yet.")
    client = sign_in(opcc)

    listed = client.get(reverse("reports:published")).content.decode()
    page = client.get(reverse("reports:issued", args=[YEAR])).content.decode()
    file = client.get(reverse("reports:download", args=[YEAR, "public", "json"]))

    assert "Strategic Policing Requirement 2016/17" in listed
    assert REASON not in listed + page
    assert "Superseded" not in page
    assert b"Not issued yet." not in file.content
    for name in ("paper", "correct", "give_up", "change_correction"):
        assert client.get(reverse(f"reports:{name}", args=[YEAR])).status_code in (403, 404)


def test_the_old_issue_is_reachable_with_its_files_and_says_that_it_is_superseded(
    correcting, acc, executive, opcc, sign_in
):
    first = correcting.issued
    issue_again(correcting, acc, executive)
    client = sign_in(opcc)

    listed = client.get(reverse("reports:published")).content.decode()
    old = client.get(reverse("reports:one_issue", args=[YEAR, 1])).content.decode()
    new = client.get(reverse("reports:issued", args=[YEAR])).content.decode()
    file = client.get(reverse("reports:download_of_issue", args=[YEAR, 1, "public", "pdf"]))

    assert listed.count(f'href="{reverse("reports:issued", args=[YEAR])}"') == 1
    assert f'href="{reverse("reports:one_issue", args=[YEAR, 1])}"' not in listed
    assert "This is issue 1, which counts no more." in old
    assert REASON in old
    assert f'href="{reverse("reports:issued", args=[YEAR])}"' in old
    assert "This is issue 2." in new
    assert f'href="{reverse("reports:one_issue", args=[YEAR, 1])}"' in new
    assert file.content == bytes(first.files.get(audience="public", format="pdf").content)
    hidden = reverse("reports:download_of_issue", args=[YEAR, 1, "full", "pdf"])
    assert client.get(hidden).status_code == 404
    assert client.get(reverse("reports:one_issue", args=[YEAR, 3])).status_code == 404


def test_the_steps_of_a_correction_through_the_pages(first, acc, executive, sign_in):
    client = sign_in(acc)
    page = client.get(reverse("reports:paper", args=[YEAR])).content.decode()
    assert reverse("reports:correct", args=[YEAR]) in page

    begun = client.post(reverse("reports:correct", args=[YEAR]), {"reason": REASON}, follow=True)
    text = begun.content.decode()
    assert "This is a correction." in text
    assert REASON in text
    assert reverse("reports:give_up", args=[YEAR]) in text

    changing = client.get(reverse("reports:change_correction", args=[YEAR])).content.decode()
    assert REASON in changing
    version = fresh(first.paper).version
    said = client.post(
        reverse("reports:change_correction", args=[YEAR]),
        {"text": "Otherwise.", "version": version},
        follow=True,
    )
    assert "Otherwise." in said.content.decode()

    over = client.post(
        reverse("reports:give_up", args=[YEAR]), {"reason": "It was right."}, follow=True
    ).content.decode()
    assert "The paper stands as it was issued." in over
    assert "Correction given up" in over
    assert reverse("reports:give_up", args=[YEAR]) not in over


def test_the_next_paper_waits_for_a_correction_of_the_one_before(correcting, acc):
    cycle = make_cycle(by=acc, year="2017-18", dates=NEXT_YEAR)
    paper = compose_paper(cycle=cycle, template=shipped_template(), by=acc)
    sentence = "The paper of 2016/17 is being corrected"

    meanwhile = " ".join(problems_in(fresh(paper)))
    give_up_correction(paper=correcting, reason="It was right.", by=acc)
    afterwards = " ".join(problems_in(fresh(paper)))

    assert sentence in meanwhile
    assert sentence not in afterwards
    assert sentence not in " ".join(problems_in(fresh(correcting)))


def test_a_correction_that_somebody_has_worked_on_is_not_given_up(correcting, acc):
    values = {"addressee": "A", "text": "to b.", "is_public": True}
    added = add_recommendation(paper=correcting, values=values, by=acc)
    added.status_changes.create(
        action="report", from_status="open", to_status="open", by=acc, at=timezone.now()
    )

    with pytest.raises(Refused, match="Nothing was changed"):
        give_up_correction(paper=correcting, reason="It was right.", by=acc)

    assert fresh(correcting).status == PaperStatus.DRAFT
    assert Recommendation.objects.filter(pk=added.pk).exists()


def test_a_late_page_does_not_issue_what_was_agreed_since(acc, executive, sign_in):
    paper, client = make_agreed(by=acc), sign_in(acc)
    page = client.get(reverse("reports:issue", args=["2016-17"]))
    shown = page.context["form"].initial
    withdraw_paper(paper=fresh(paper), reason="A word.", by=acc)
    section = paper.sections.get(identity="introduction")
    add_paragraph(section=section, values={"text": "Since.", "is_public": True}, by=acc)
    send_paper(paper=fresh(paper), by=acc)
    full = final_documents(fresh(paper))[Audience.FULL]
    make_files_up(agree_paper(paper=fresh(paper), document=document_hash(full), by=executive))

    late = client.post(reverse("reports:issue", args=["2016-17"]), shown)

    assert late.status_code == 409
    assert "agreed other words since you opened the page" in late.content.decode()
    assert not IssuedPaper.objects.exists()
    again = client.get(reverse("reports:issue", args=["2016-17"])).context["form"].initial
    assert client.post(reverse("reports:issue", args=["2016-17"]), again).status_code == 302
    assert "Since." in IssuedPaper.objects.get().document
