"""What is wrong with a cycle file beyond its shape: every check, in the file's order."""

from __future__ import annotations

from collections.abc import Iterator

from spr_portal.cycle_file.checks.around import register_problems
from spr_portal.cycle_file.checks.assessments import assessment_problems
from spr_portal.cycle_file.checks.cycle import cycle_problems, force_problems
from spr_portal.cycle_file.checks.meetings import meeting_problems
from spr_portal.cycle_file.checks.paper import paper_problems
from spr_portal.cycle_file.checks.past_papers import past_paper_problems
from spr_portal.cycle_file.checks.recommendations import recommendation_problems
from spr_portal.cycle_file.people import People
from spr_portal.cycle_file.setting import Setting
from spr_portal.strict_yaml import Document, Problem


def problems_in_file(document: Document, setting: Setting, people: People) -> Iterator[Problem]:
    """Reads the database and writes nothing."""
    yield from force_problems(document, setting.force)
    yield from people.check()
    yield from cycle_problems(document, setting)
    yield from register_problems(document, setting)
    yield from assessment_problems(document, setting, people)
    yield from recommendation_problems(document, setting, people)
    yield from past_paper_problems(document, setting)
    yield from paper_problems(document, setting, people)
    yield from meeting_problems(document, setting)
