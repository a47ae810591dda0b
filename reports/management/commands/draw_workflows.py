from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from assessments.domain.workflow import WORKFLOW as ASSESSMENT_WORKFLOW
from assessments.enums import AssessmentStatus
from reports.domain.workflow import ACTIONS, MEETINGS, RECOMMENDATIONS
from reports.domain.workflow import WORKFLOW as PAPER_WORKFLOW
from reports.enums import ActionStatus, MeetingStatus, PaperStatus, RecommendationStatus
from spr_portal.workflow_diagram import describe

PAGE = """# Statuses and what leads from one to another

This page is written by `python manage.py draw_workflows` from the tables of
transitions; a test fails when they differ. Who may take a step, and why not,
stands in `assessments/policies.py` and `reports/policies.py`.

## An assessment

{assessment}
## A board paper

{paper}
## A recommendation, once its paper is issued

{recommendation}
## A meeting of the SPR board

{meeting}
## An action of the SPR board

{action}"""


def workflow_page() -> str:
    """The whole of docs/workflow.md."""
    return PAGE.format(
        assessment=describe(
            ASSESSMENT_WORKFLOW, statuses=AssessmentStatus, first=AssessmentStatus.NOT_STARTED
        ),
        paper=describe(PAPER_WORKFLOW, statuses=PaperStatus, first=PaperStatus.DRAFT),
        recommendation=describe(
            RECOMMENDATIONS, statuses=RecommendationStatus, first=RecommendationStatus.OPEN
        ),
        meeting=describe(MEETINGS, statuses=MeetingStatus, first=MeetingStatus.PLANNED),
        action=describe(ACTIONS, statuses=ActionStatus, first=ActionStatus.OPEN),
    )


class Command(BaseCommand):
    help = "Write docs/workflow.md from the tables of transitions."

    def handle(self, *args, **options):
        path = Path(settings.BASE_DIR) / "docs" / "workflow.md"
        path.write_text(workflow_page(), encoding="utf-8")
        self.stdout.write(f"Wrote {path.name}.")
