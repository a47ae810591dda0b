import pytest
from django.core.management import call_command

from reports.loading import load_paper_template, shipped_templates
from tests.cycle_file.files import SMALL
from threats.loading import load_edition, shipped_editions


@pytest.fixture
def shipped(db):
    """The editions and templates that come with the portal, and nothing else."""
    for path in shipped_editions():
        load_edition(path)
    for path in shipped_templates():
        load_paper_template(path)


@pytest.fixture
def write(tmp_path):
    """Write a text to a file and return its path."""

    def write_file(text: str, name: str = "cycle.yaml"):
        path = tmp_path / name
        path.write_bytes(text.encode())
        return path

    return write_file


@pytest.fixture
def small(shipped, write):
    """The small cycle of 2012/13, loaded: five threats, a paper that is agreed."""
    call_command("load_cycle", write(SMALL), verbosity=0)
