"""Loading the assessments: answers, lists, submissions, approval and history."""

from __future__ import annotations

import datetime

from assessments.domain.assessments import DECLARATION
from assessments.domain.content import ITEM_FIELDS, ITEM_MODELS, content_of, hash_of
from assessments.domain.cycles import create_assessments
from assessments.enums import Action, AssessmentStatus, ItemKind
from assessments.models import (
    Assessment,
    Cycle,
    Response,
    ResponseVersion,
    StatusChange,
    Submission,
)
from assessments.models.items import Carried, Published
from spr_portal.cycle_file.checks.assessments import HANDED_IN, status_of, submitter_of
from spr_portal.cycle_file.loading.around import (
    keep_carried,
    keep_comments,
    keep_contributors,
    keep_set_aside,
)
from spr_portal.cycle_file.loading.evidence import cite_evidence
from spr_portal.cycle_file.loading.history import Step, keep_history
from spr_portal.cycle_file.loading.identities import (
    Identities,
    as_group,
    marked,
    plain_json,
    published,
    words_of,
)
from spr_portal.cycle_file.moments import at_hour, read_time
from spr_portal.cycle_file.people import People
from spr_portal.cycle_file.setting import Setting
from spr_portal.strict_yaml import Document, Problem

RESPONSE_FIELDS = ["text", "rating", "version", "accepted_version", "updated_by", "updated_at"]


def load_assessments(
    document: Document, setting: Setting, cycle: Cycle, people: People
) -> list[Problem]:
    """An assessment for each threat of the edition, started or not; returns what does not fit."""
    create_assessments(cycle)
    problems: list[Problem] = []
    for assessment in cycle.assessments.select_related("cycle__force", "threat"):
        words = document.data.get("assessments", {}).get(assessment.threat.code)
        if words:
            loading = _Loading(document, setting, assessment, words, people)
            problems += loading.run()
    return problems


class _Loading:
    """One assessment on its way from the file into the database."""

    def __init__(self, document, setting, assessment: Assessment, words: dict, people: People):
        self.document = document
        self.setting = setting
        self.assessment = assessment
        self.cycle = assessment.cycle
        self.words = words
        self.people = people
        self.path = ("assessments", assessment.threat.code)
        self.status = AssessmentStatus(status_of(words))
        self.writer = words.get("written_by", submitter_of(words))
        self.submitter = submitter_of(words)
        self.submitted_at = self._submitted_at()

    def run(self) -> list[Problem]:
        self._answers()
        for kind in ItemKind:
            self._items(kind)
        content = content_of(self.assessment)
        problems = self._submissions(content)
        problems += self._approval(hash_of(content))
        self.assessment.status = self.status
        for name, value in marked(self.words).items():
            setattr(self.assessment, name, value)
        self.assessment.save()
        keep_history(
            StatusChange,
            self.assessment,
            self.words.get("status_changes", []),
            self._steps(),
            self.people,
        )
        keep_contributors(self.assessment, self.words, self.people)
        keep_comments(self.assessment, self.words, self.setting, self.people)
        keep_set_aside(self.assessment, self.words, self.people)
        return problems

    def _submitted_at(self) -> datetime.datetime:
        """When it was submitted last; noon of the day it was due where the file does not say."""
        given = self.words.get("submitted", {}).get("at")
        if given is None and self.words.get("submissions"):
            given = self.words["submissions"][-1]["at"]
        return read_time(given) if given else at_hour(self.cycle.due_on, 12)

    def _answers(self) -> None:
        responses = {
            response.question.code: response
            for response in self.assessment.responses.select_related("question")
        }
        versions: list[ResponseVersion] = []
        for code, answer in self.words.get("answers", {}).items():
            answer, response = as_group(answer), responses[code]
            earlier = answer.get("earlier", [])
            response.text = answer.get("text", "")
            response.rating = self.setting.points.get(answer.get("rating"))
            response.version = answer.get("version", (earlier[-1]["version"] if earlier else 0) + 1)
            response.accepted_version = answer.get("accepted", response.version)
            response.updated_by = self.people.user(answer.get("by", self.writer))
            response.updated_at = read_time(answer["at"]) if "at" in answer else self.submitted_at
            response.save(update_fields=RESPONSE_FIELDS)  # quicker than one bulk_update
            versions += [self._version(response, row) for row in earlier]
            versions.append(
                ResponseVersion(
                    response=response,
                    version=response.version,
                    text=response.text,
                    rating=response.rating,
                    by=response.updated_by,
                    at=response.updated_at,
                )
            )
        ResponseVersion.objects.bulk_create(versions)
        keep_carried(self.words, responses)

    def _version(self, response: Response, row: dict) -> ResponseVersion:
        return ResponseVersion(
            response=response,
            version=row["version"],
            text=row.get("text", ""),
            rating=self.setting.points.get(row.get("rating")),
            by=self.people.user(row["by"]),
            at=read_time(row["at"]),
        )

    def _items(self, kind: ItemKind) -> None:
        rows = [as_group(row) for row in self.words.get(kind, [])]
        identities = Identities(f"{self.assessment.reference}/{kind}", rows)
        named = [(identities.of(row, words_of(row)), row) for row in rows]
        ITEM_MODELS[kind].objects.bulk_create(
            ITEM_MODELS[kind](
                assessment=self.assessment,
                identity=identity,
                order=order,
                version=row.get("version", 1),
                **self._item_values(kind, row),
            )
            for order, (identity, row) in enumerate(named, start=1)
        )
        if kind == ItemKind.EVIDENCE:
            entries = {identity: row["entry"] for identity, row in named if "entry" in row}
            cite_evidence(self.assessment, entries)

    def _item_values(self, kind: ItemKind, row: dict) -> dict:
        values = {name: row[name] for name in ITEM_FIELDS[kind] if name in row}
        if "criterion" in values:
            values["criterion"] = self.setting.criteria[values["criterion"]]
        if "part" in values:
            values["part"] = self.setting.parts[values["part"]]
        if issubclass(ITEM_MODELS[kind], Published):
            values |= published(row, usually=kind != ItemKind.EVIDENCE)
        else:
            values |= marked(row)
        if issubclass(ITEM_MODELS[kind], Carried):
            values["first_raised"] = row.get("first_raised", self.cycle.year)
            values["is_reviewed"] = row.get("reviewed", True)
        values["is_draft"] = "draft_by" in row
        values["drafted_by_name"] = row.get("draft_by", "")
        values["accepted_values"] = plain_json(row.get("accepted_values"))
        return values

    def _submissions(self, content: dict) -> list[Problem]:
        given = self.words.get("submissions")
        if given is None and self.status in HANDED_IN:
            given = [{"by": self.submitter, "at": None}]
        problems = []
        for index, row in enumerate(given or []):
            submitted = plain_json(row.get("content", content))
            content_hash = hash_of(submitted)
            if row.get("hash", content_hash) != content_hash:
                place = (*self.path, "submissions", index, "hash")
                problems.append(self._other_content(place, "submitted", "hash", content_hash))
            Submission.objects.create(
                assessment=self.assessment,
                number=index + 1,
                content=submitted,
                content_hash=content_hash,
                declaration=row.get("declaration", DECLARATION),
                by=self.people.user(row["by"]),
                **self.people.by_value(row["by"]),
                at=read_time(row["at"]) if row["at"] else self.submitted_at,
            )
        if given:
            self.assessment.submitted_by = self.people.user(self.submitter)
            self.assessment.submitted_at = self.submitted_at
        return problems

    def _approval(self, content_hash: str) -> list[Problem]:
        approved = self.words.get("approved")
        if approved is None:
            return []
        by_value = self.people.by_value(approved["by"])
        self.assessment.approved_by = self.people.user(approved["by"])
        self.assessment.approved_by_name = by_value["by_name"]
        self.assessment.approved_by_post = by_value["by_post"]
        self.assessment.approved_at = self._approved_at()
        self.assessment.approved_hash = content_hash
        if approved.get("content", content_hash) != content_hash:
            place = (*self.path, "approved", "content")
            return [self._other_content(place, "approved", "content", content_hash)]
        return []

    def _approved_at(self) -> datetime.datetime:
        given = self.words.get("approved", {}).get("at")
        if given:
            return read_time(given)
        return max(self.submitted_at, at_hour(self.cycle.executive_on, 9))

    def _other_content(self, path: tuple, done: str, key: str, content_hash: str) -> Problem:
        return self.document.problem(
            path,
            f"what stands in this assessment is not what was {done}: its sum is {content_hash}. "
            f"Put the words back, or take out the line “{key}” to have these taken as {done}.",
        )

    def _steps(self) -> list[Step]:
        """What must have happened for the status to be what it is."""
        if self.status == AssessmentStatus.NOT_STARTED:
            return []
        started_at = min(at_hour(self.cycle.tasked_on, 10), self.submitted_at)
        steps = [
            Step(
                Action.START, AssessmentStatus.NOT_STARTED, AssessmentStatus.IN_PROGRESS,
                self.writer, started_at,
            )
        ]  # fmt: skip
        if self.status in HANDED_IN:
            steps.append(
                Step(
                    Action.SUBMIT, AssessmentStatus.IN_PROGRESS, AssessmentStatus.SUBMITTED,
                    self.submitter, self.submitted_at,
                )
            )  # fmt: skip
        if self.status == AssessmentStatus.APPROVED:
            steps.append(
                Step(
                    Action.APPROVE, AssessmentStatus.SUBMITTED, AssessmentStatus.APPROVED,
                    self.words["approved"]["by"], self._approved_at(),
                )
            )  # fmt: skip
        return steps
