from pathlib import Path

from reports.management.commands.draw_workflows import workflow_page

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_diagram_in_docs_is_the_one_the_tables_generate():
    assert (DOCS / "workflow.md").read_text(encoding="utf-8") == workflow_page(), (
        "docs/workflow.md differs from the tables: run python manage.py draw_workflows"
    )
