"""What the documentation says is there: links, pictures, commands and settings."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "static/vendor/README.md"])
IMAGES = ROOT / "docs" / "images"
LARGEST_IMAGE = 150_000  # bytes: everybody who clones the project takes them all

FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
SCRIPT = re.compile(r"(?<![\w./-])script/[a-z][\w-]*(?![\w./-])")
COMMAND = re.compile(r"(?:manage\.py|spr-manage) ([a-z_]+)")
SETTING = re.compile(r"SPR_[A-Z_]+")
SETTING_READ = re.compile(r"""(?:env\.\w+|text)\(\s*"(SPR_[A-Z_]+)""")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def links_of(page: Path) -> list[str]:
    words = FENCED.sub("", page.read_text(encoding="utf-8"))
    return [link for link in LINK.findall(words) if not re.match(r"[a-z]+:", link)]


def anchors_of(page: Path) -> set[str]:
    """The anchors that the page's headings get where Markdown is shown."""
    headings = HEADING.findall(FENCED.sub("", page.read_text(encoding="utf-8")))
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in kept}


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_every_link_leads_somewhere(document):
    lost = []
    for link in links_of(document):
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            lost.append(link)

    assert lost == []


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_every_command_that_is_named_exists(document):
    words = document.read_text(encoding="utf-8")

    scripts = {name for name in SCRIPT.findall(words) if not os.access(ROOT / name, os.X_OK)}
    commands = set(COMMAND.findall(words)) - set(get_commands())

    assert scripts | commands == set()


def test_pictures_are_light_and_each_is_shown():
    pictures = {path for path in IMAGES.glob("*") if path.is_file()}
    shown = {(page.parent / link).resolve() for page in PAGES for link in links_of(page)}

    assert [path.name for path in pictures if path.stat().st_size > LARGEST_IMAGE] == []
    assert [path.name for path in pictures if path not in shown] == []


def test_operating_names_every_setting_and_no_other():
    code = "".join((ROOT / "spr_portal" / name).read_text() for name in ("settings.py", "env.py"))
    table = re.findall(r"^\| `(SPR_[A-Z_]+)`", (ROOT / "docs/operating.md").read_text(), re.M)

    assert sorted(table) == sorted(set(SETTING_READ.findall(code)))


def test_no_page_names_a_setting_that_nothing_reads():
    read = {
        name
        for folder in ("spr_portal", "tests")
        for path in (ROOT / folder).rglob("*.py")
        for name in SETTING.findall(path.read_text(encoding="utf-8"))
    }

    named = {name for page in PAGES for name in SETTING.findall(page.read_text(encoding="utf-8"))}

    assert named - read == set()


def test_every_decision_is_listed_under_its_own_number():
    folder = ROOT / "docs" / "decisions"
    records = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    numbers = [int(path.name[:4]) for path in records]

    assert len(set(numbers)) == len(numbers)
    for path, number in zip(records, numbers, strict=True):
        title = path.read_text(encoding="utf-8").splitlines()[0]
        assert title.startswith(f"# {number}. ")
        assert path.name in links_of(folder / "README.md")
