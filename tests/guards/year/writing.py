"""What leads and contributors do in the random year."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from assessments.domain.acceptance import accept_drafts, accept_item, go_back, restore_item
from assessments.domain.answers import save_answers
from assessments.domain.carried_items import keep_item
from assessments.domain.citing import add_and_cite, change_backing
from assessments.domain.contributors import end_contributor, name_contributor
from assessments.domain.given import GivenAnswer
from assessments.domain.items import add_item, change_item, move_item, remove_item
from assessments.domain.responses import save_response
from assessments.domain.set_aside import settle_words
from assessments.domain.turns import in_turn
from assessments.enums import ItemKind
from assessments.models import Assessment, Response
from tests.guards.year.world import (
    AT_MOST_ONE,
    QUESTIONS,
    World,
    backs,
    coins,
    kinds,
    people,
    questions,
    threats,
    values,
)


class Writing(World):
    @rule(who=people, threat=threats, question=questions, back=backs, clears=coins, keeps=coins)
    def save(self, who, threat, question, back, clears, keeps):
        response = self.response(threat, question)
        started_from = max(0, response.version - back)
        text = "" if clears and keeps else self.new_words()
        if keeps and not clears:  # the person changes nothing on an old page
            before = response.versions.filter(version=started_from).first()
            text = before.text if before else ""
        was, now_same = response.version, response.text == text
        is_waiting = self.waits_for(who, threat, question)
        done = self.take(
            lambda by: save_response(
                response=response, text=text, rating=None, started_from=started_from, by=by
            ),
            who,
            rows=lambda saved: int(saved.version > was or is_waiting),
        )
        may = self.drafts(who, threat, question) and self.is_open(threat)
        assert bool(done or self.stale) == may
        if may:
            self.answers.add(text)
            assert self.stale is None or (back > 0 and not now_same)

    @rule(who=people, threat=threats, question=questions, back=backs, late=st.integers(0, 2))
    def type(self, who, threat, question, back, late):
        """A page saves by itself; what it sends may arrive after what it sent later."""
        response, words = self.response(threat, question), self.new_words()
        given = GivenAnswer(
            code=question,
            text=words,
            rating="",
            started_from=max(0, response.version - back),
            page=f"page of {who}",
            number=next(self.numbers) - 20 * late + 1_000,
            is_typing=True,
        )
        page = self.take(lambda by: self.typed(threat, given, by), who, rows=lambda _: AT_MOST_ONE)
        may = self.drafts(who, threat, question) and self.is_open(threat)
        assert bool(page.refusal) != may
        is_saved, is_kept = question in page.saved, question in page.kept
        assert [is_saved, is_kept, question in page.overtaken].count(True) == int(may)
        if is_saved:
            self.answers.add(words)
        elif is_kept:
            self.aside[page.kept[question].pk] = words

    def typed(self, threat, given, by):
        with in_turn(Assessment.objects.all(), pk=self.assessment(threat).pk) as assessment:
            return save_answers(assessment=assessment, given=[given], by=by)

    @rule(who=people, threat=threats)
    def confirm(self, who, threat):
        """Say of last year's words that they still hold: they are saved as this year's."""
        question = QUESTIONS[0]
        response = self.response(threat, question)
        given = GivenAnswer(
            code=question,
            text=response.carried.text,
            rating="",
            started_from=response.version,
        )
        page = self.take(lambda by: self.typed(threat, given, by), who, rows=lambda _: AT_MOST_ONE)
        assert bool(page.refusal) != (self.drafts(who, threat, question) and self.is_open(threat))
        if not page.refusal:
            assert self.response(threat, question).text == response.carried.text

    @rule(who=people, threat=threats, kind=kinds)
    def add(self, who, threat, kind):
        words = self.new_words()
        done = self.take(
            lambda by: add_item(
                assessment=self.assessment(threat), kind=kind, values=values(kind, words), by=by
            ),
            who,
        )
        assert bool(done) == self.may_list(who, threat, kind)
        if done:
            self.standing[done.identity] = words

    @rule(who=people, threat=threats, kind=kinds, back=backs)
    def change(self, who, threat, kind, back):
        item = self.item(threat, kind)
        if item is None:
            return
        words, back = self.new_words(), min(back, item.version)
        done = self.take(
            lambda by: change_item(
                assessment=self.assessment(threat),
                kind=kind,
                identity=item.identity,
                values=values(kind, words),
                started_from=item.version - back,
                by=by,
            ),
            who,
        )
        may = self.may_list(who, threat, kind)
        assert (bool(done), bool(self.stale)) == (may and back == 0, may and back > 0)
        if done:
            self.standing[item.identity] = words
        elif self.stale:
            self.answers.add(words)

    @rule(who=people, threat=threats, kind=kinds, back=backs)
    def remove(self, who, threat, kind, back):
        item = self.item(threat, kind)
        if item is None:
            return
        back = min(back, item.version)
        self.take(
            lambda by: remove_item(
                assessment=self.assessment(threat),
                kind=kind,
                identity=item.identity,
                started_from=item.version - back,
                by=by,
            ),
            who,
        )
        is_mere_draft = item.is_draft and item.accepted_values is None
        may = self.may_list(who, threat, kind) and (self.leads(who, threat) or is_mere_draft)
        assert (self.refusal is None) == (may and back == 0)
        if self.refusal is None:
            self.answers.add(self.standing.pop(item.identity, ""))

    @rule(who=people, threat=threats, kind=kinds, up=coins)
    def move(self, who, threat, kind, up):
        item = self.item(threat, kind)
        if item is not None:
            self.take(
                lambda by: move_item(
                    assessment=self.assessment(threat),
                    kind=kind,
                    identity=item.identity,
                    up=up,
                    by=by,
                ),
                who,
                rows=lambda done: AT_MOST_ONE,
            )
            assert (self.refusal is None) == self.may_list(who, threat, kind)

    @rule(who=people, threat=threats, back=st.integers(0, 1))
    def keep(self, who, threat, back):
        """Say of a vulnerability from last year that it still stands."""
        kind = ItemKind.VULNERABILITY
        item = self.assessment(threat).vulnerabilities.filter(is_reviewed=False).first()
        if item is None:
            return
        self.take(
            lambda by: keep_item(
                assessment=self.assessment(threat),
                kind=kind,
                identity=item.identity,
                started_from=item.version - back,
                by=by,
            ),
            who,
        )
        assert (self.refusal is None) == (self.may_list(who, threat, kind) and not back)

    @rule(who=people, threat=threats)
    def cite(self, who, threat):
        title = self.new_words()
        done = self.take(
            lambda by: add_and_cite(
                assessment=self.assessment(threat),
                values={"kind": "exercise", "title": title},
                backs=[QUESTIONS[0]],
                by=by,
            ),
            who,
        )
        assert bool(done) == self.may_list(who, threat, ItemKind.EVIDENCE)
        if done:
            self.answers.add(title)

    @rule(who=people, threat=threats, question=questions, back=st.integers(0, 1))
    def back(self, who, threat, question, back):
        reference = self.assessment(threat).evidence.last()
        if reference is None:
            return
        done = self.take(
            lambda by: change_backing(
                assessment=self.assessment(threat),
                identity=reference.identity,
                backs=[question],
                started_from=reference.version - back,
                by=by,
            ),
            who,
        )
        may = self.may_list(who, threat, ItemKind.EVIDENCE)
        assert (bool(done), bool(self.stale)) == (may and not back, may and back > 0)

    @rule(who=people, threat=threats, question=questions)
    def settle(self, who, threat, question):
        assessment, is_waiting = self.assessment(threat), self.waits_for(who, threat, question)
        self.take(
            lambda by: settle_words(assessment=assessment, place=question, by=by),
            who,
            rows=lambda done: int(is_waiting),
        )

    # --- contributors

    @rule(who=people, threat=threats, is_all=coins)
    def name(self, who, threat, is_all):
        was_named = self.named(threat) is not None
        codes = [] if is_all else [QUESTIONS[0]]
        done = self.take(
            lambda by: name_contributor(
                assessment=self.assessment(threat),
                person=self.persons["clerk"],
                question_codes=codes,
                by=by,
            ),
            who,
        )
        is_closed = bool(self.assessment(threat).cycle.closed_at)
        assert bool(done) == (self.leads(who, threat) and not was_named and not is_closed)

    @rule(who=people, threat=threats)
    def end(self, who, threat):
        contributor = self.named(threat)
        if contributor is None:
            return
        self.take(lambda by: end_contributor(contributor=contributor, by=by), who)
        is_closed = bool(self.assessment(threat).cycle.closed_at)
        assert (self.refusal is None) == (self.leads(who, threat) and not is_closed)

    @rule(who=people, threat=threats, question=questions, is_old=coins)
    def accept(self, who, threat, question, is_old):
        response = self.response(threat, question)
        read = {question: response.version - is_old}
        done = self.take(
            lambda by: accept_drafts(assessment=self.assessment(threat), versions=read, by=by),
            who,
            rows=lambda done: int(bool(done.accepted)),
        )
        assert bool(done) == self.may_decide(who, threat)
        if done:
            assert done.accepted == ([question] if response.is_draft and not is_old else [])
            assert self.response(threat, question).text == response.text

    @rule(who=people, threat=threats, question=questions, is_old=coins)
    def decline(self, who, threat, question, is_old):
        """Go back to the words that were accepted before; the draft stays in the history."""
        response: Response = self.response(threat, question)
        accepted = response.versions.filter(version=response.accepted_version).first()
        self.take(
            lambda by: go_back(response=response, version=response.version - is_old, by=by),
            who,
            rows=lambda done: int(response.is_draft),
        )
        may = self.may_decide(who, threat) and not (is_old and response.is_draft)
        assert (self.refusal is None) == may
        if may:
            now = self.response(threat, question)
            assert not now.is_draft
            assert not response.is_draft or now.text == (accepted.text if accepted else "")

    @rule(who=people, threat=threats, kind=kinds, restores=coins)
    def decide(self, who, threat, kind, restores):
        item = self.item(threat, kind)
        if item is None:
            return
        decision = restore_item if restores else accept_item
        changes = item.is_draft and not (restores and item.accepted_values is None)
        self.take(
            lambda by: decision(
                assessment=self.assessment(threat),
                kind=kind,
                identity=item.identity,
                version=item.version,
                by=by,
            ),
            who,
            rows=lambda done: int(changes),
        )
        assert (self.refusal is None) == self.may_decide(who, threat)
        if self.refusal is None and changes and restores:
            self.answers.add(self.standing.get(item.identity, ""))  # the draft
            name = "statement" if kind == ItemKind.VULNERABILITY else "text"
            self.standing[item.identity] = item.accepted_values[name]

    def may_list(self, who: str, threat: str, kind: ItemKind) -> bool:
        return self.drafts(who, threat, kind) and self.is_open(threat)

    def may_decide(self, who: str, threat: str) -> bool:
        return self.leads(who, threat) and self.is_open(threat)
