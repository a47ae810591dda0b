"""Comments pinned to the parts of a paper, from the Executive Team back to who writes it."""

import pytest
from django.urls import reverse

from assessments.models import DigestLine
from reports.blocks import words_by_block
from reports.document import Audience
from reports.domain.corrections import begin_correction
from reports.domain.documents import document_of
from reports.domain.paper_comments import (
    add_paper_comment,
    reopen_paper_comment,
    reply_to_paper_comment,
    resolve_paper_comment,
)
from reports.domain.papers import send_paper_back
from reports.domain.wording import change_paragraph, remove_paragraph
from reports.exceptions import UnknownBlock
from reports.models import BoardPaper, PaperComment
from spr_portal.audit.models import AuditEvent
from spr_portal.identity.enums import Role
from spr_portal.identity.exceptions import PolicyDenied
from tests.factories import make_force, make_issued, make_person, make_sent

pytestmark = pytest.mark.django_db
YEAR = "2016-17"
BLOCK = "purpose/purpose"
WORDS = "Which month was that?"


def url(name, *args):
    return reverse(f"reports:{name}", args=[YEAR, *args])


@pytest.fixture
def paper(acc, executive):
    return make_sent(by=acc)


@pytest.fixture
def thread(paper, executive):
    return add_paper_comment(paper=paper, block=BLOCK, text=WORDS, by=executive)


def rewrite(paper, acc):
    section = paper.sections.get(identity="purpose")
    change_paragraph(
        section=section,
        identity="purpose",
        values={"text": "Quite other words.", "is_public": True},
        started_from=1,
        by=acc,
    )


def test_every_part_of_a_paper_can_be_talked_about(paper):
    document = document_of(paper, Audience.FULL)
    labels = {block.label for block in words_by_block(document).values()}

    assert {"Paragraph 1", "Recommendation 1", "Section “Introduction”"} <= labels
    assert len(words_by_block(document)) == (
        len(document.sections)
        + len([*document.paragraphs()])
        + len({item.identity for item in document.recommendations()})
        + sum(type(block).__name__ in ("Table", "Figure") for block in document.blocks())
    )


def test_a_comment_keeps_the_words_it_was_about(paper, thread, acc, executive, sign_in):
    was = thread.quoted
    send_paper_back(paper=paper, reason="See the comment.", by=executive)
    rewrite(paper, acc)

    page = sign_in(acc).get(url("comment_on", BLOCK)).content.decode()

    assert thread.label == "Paragraph 1"
    assert was
    assert "The words have changed since" in page
    assert was[:40] in page
    assert "Quite other words." in page


def test_a_comment_outlives_its_paragraph(paper, thread, acc, executive, sign_in):
    send_paper_back(paper=paper, reason="See the comment.", by=executive)
    remove_paragraph(section=paper.sections.get(identity="purpose"), identity="purpose", by=acc)

    client = sign_in(acc)
    page = client.get(url("comment_on", BLOCK))

    assert page.status_code == 200
    assert "This part is not in the paper any more." in page.content.decode()
    assert WORDS in client.get(url("comments")).content.decode()
    assert client.get(url("comment_on", "no/such")).status_code == 404
    with pytest.raises(UnknownBlock):
        add_paper_comment(paper=paper, block=BLOCK, text="More.", by=executive)


def test_the_paper_offers_a_comment_beside_each_part_to_its_readers(
    paper, thread, executive, sign_in
):
    client = sign_in(executive)
    for address in (url("preview", "full"), url("agree")):
        page = client.get(address).content.decode()
        assert f'href="{url("comment_on", BLOCK)}">1 open comment' in page
        assert f'href="{url("comment_on", "section-introduction")}">Comment' in page
    public = client.get(url("preview", "public")).content.decode()
    assert "comments/on/" not in public


def test_open_comments_are_listed_where_they_matter(paper, thread, acc, executive, sign_in):
    client = sign_in(executive)
    for name in ("send_back", "paper"):
        assert "Comments that nobody has resolved" in client.get(url(name)).content.decode()
    agreeing = client.get(url("agree")).content.decode()
    assert "the comment is not resolved" in agreeing
    assert 'class="paper-number">1. ' in agreeing  # the paper is there to be read all the same
    assert url("comment_thread", thread.identity) in agreeing
    send_paper_back(paper=paper, reason="See the comment.", by=executive)
    client = sign_in(acc)
    beside = client.get(url("paragraph", "purpose", "purpose")).content.decode()

    assert "Comments that nobody has resolved" in client.get(url("paper")).content.decode()
    assert WORDS in beside
    assert "Reply or resolve" in beside


def test_the_writer_answers_and_resolves_through_the_page(paper, thread, acc, sign_in):
    client = sign_in(acc)
    to = url("comment_thread", thread.identity)
    empty = client.post(to, {"step": "reply_and_resolve", f"{thread.identity}-text": " "})
    assert "Write your comment first" in empty.content.decode()

    answer = {"step": "reply_and_resolve", f"{thread.identity}-text": "It was May."}
    page = client.post(to, answer, follow=True).content.decode()

    assert "It was May." in page
    assert "Resolved by Alex Acc" in page
    thread.refresh_from_db()
    assert thread.resolved_at
    assert "Comments that nobody has resolved" not in client.get(url("paper")).content.decode()


def test_a_reply_opens_a_resolved_comment_again(thread, acc, executive):
    resolve_paper_comment(thread=thread, by=acc)
    reply_to_paper_comment(thread=thread, text="Not May.", by=executive)

    thread.refresh_from_db()
    assert thread.resolved_at is None


def test_who_may_resolve(paper, thread, acc, executive):
    other = make_person(force=acc.force, role=Role.EXECUTIVE)
    with pytest.raises(PolicyDenied, match="who began a comment"):
        resolve_paper_comment(thread=thread, by=other)
    resolve_paper_comment(thread=thread, by=executive)
    reopen_paper_comment(thread=thread, by=acc)
    events = AuditEvent.objects.filter(action__startswith="paper.comment")
    assert [event.action for event in events.order_by("sequence")] == [
        "paper.commented", "paper.comment_resolved", "paper.comment_reopened"
    ]  # fmt: skip


def test_pressing_twice_says_it_once(paper, thread, executive):
    again = add_paper_comment(paper=paper, block=BLOCK, text=WORDS, by=executive)
    reply_to_paper_comment(thread=thread, text="So?", by=executive)
    reply_to_paper_comment(thread=thread, text="So?", by=executive)

    assert again == thread
    assert PaperComment.objects.count() == 2


@pytest.mark.parametrize("role", [Role.OPCC, Role.FORCE_LEAD, Role.ADMINISTRATOR])
def test_nobody_else_reads_or_says_anything(paper, thread, acc, sign_in, role):
    for person in (
        make_person(force=acc.force, role=role),
        make_person(force=make_force(), role=Role.ACC_SECURITY),
    ):
        with pytest.raises(PolicyDenied):
            add_paper_comment(paper=paper, block=BLOCK, text="Mine.", by=person)
        client = sign_in(person)
        for address in (
            url("comments"), url("comment_on", BLOCK), url("comment_thread", thread.identity)
        ):  # fmt: skip
            assert client.get(address).status_code == 404
            assert client.post(address, {"text": "Mine.", "step": "resolve"}).status_code in (
                404, 405
            )  # fmt: skip


def test_nothing_is_said_about_what_is_issued_until_it_is_corrected(acc, executive):
    issued = make_issued(by=acc)
    with pytest.raises(PolicyDenied, match="is issued"):
        add_paper_comment(paper=issued.paper, block=BLOCK, text=WORDS, by=executive)

    paper = begin_correction(paper=issued.paper, reason="A month.", by=acc)
    paper = BoardPaper.objects.get(pk=paper.pk)

    assert add_paper_comment(paper=paper, block=BLOCK, text=WORDS, by=executive)


def test_e_mails_quote_nothing(paper, thread, acc, executive):
    reply_to_paper_comment(thread=thread, text="It was May.", by=acc)

    sent = list(DigestLine.objects.values_list("sentence", flat=True))
    assert {line.person for line in DigestLine.objects.all()} == {acc, executive}
    for words in sent:
        assert WORDS not in words
        assert "It was May." not in words
        assert thread.quoted[:20] not in words
