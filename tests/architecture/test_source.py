"""Rules about the text of the project itself."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("spr_portal", "threats", "assessments", "reports")
# Each pattern would let what a person typed become markup, or need a looser content policy.
IN_TEMPLATES = {
    "markup let through": re.compile(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off"),
    "style inside markup": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "script inside markup": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "event inside markup": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "address of another site's file": re.compile(r"<(?:script|link|img)\b[^>]*https?://"),
}
IN_CODE = {
    "markup let through": re.compile(r"\bmark_safe\b|\bSafeString\b|\bsafestring\b"),
    "SQL by hand": re.compile(r"\.raw\(|\.extra\(|\bRawSQL\b"),
}
# The paper as one file carries the project's own style sheet, for a PDF and for reading offline.
# It is the only text that passes unescaped, and nobody types it.
ONE_FILE_PAPER = {"templates/reports/paper/document.html", "reports/renderers/html.py"}
MACHINES_PATH = re.compile(r"(?<![\w.~}:/-])/(?:home|root|Users|work|mnt)/\w+")


def project_files() -> list[Path]:
    """List what git keeps, and what it would keep, so that a new file is looked at too."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / line for line in listed.stdout.splitlines()]
    return [path for path in paths if path.is_file()]


def templates() -> list[Path]:
    """List what becomes markup; the plain text of e-mails (.txt) is rightly not escaped."""
    return [path for path in project_files() if path.suffix in {".html", ".svg", ".xml"}]


def breaches(paths, pattern: re.Pattern) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize("rule", IN_TEMPLATES)
def test_templates_keep_markup_and_typed_text_apart(rule):
    ours = [path for path in templates() if "templates" in path.parts]
    if rule == "style inside markup":
        ours = [path for path in ours if path.relative_to(ROOT).as_posix() not in ONE_FILE_PAPER]

    assert breaches(ours, IN_TEMPLATES[rule]) == []


@pytest.mark.parametrize("rule", IN_CODE)
def test_code_lets_no_text_through_unescaped(rule):
    code = [
        path
        for path in project_files()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in APPS
        and path.relative_to(ROOT).as_posix() not in ONE_FILE_PAPER
    ]

    assert breaches(code, IN_CODE[rule]) == []


def test_no_file_names_a_path_of_somebodys_machine():
    vendored = ROOT / "static" / "vendor"
    ours = [path for path in project_files() if vendored not in path.parents]

    assert breaches(ours, MACHINES_PATH) == []


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("markup let through", "{{ answer|safe }}"),
        ("markup let through", "{% autoescape off %}"),
        ("style inside markup", '<p style="color: red">'),
        ("script inside markup", "<script>alert(1)</script>"),
        ("event inside markup", '<a href="/" onclick="go()">'),
        ("address of another site's file", '<img src="https://example.org/a.png">'),
    ],
)
def test_the_rules_see_what_they_forbid(rule, line):
    assert IN_TEMPLATES[rule].search(line)


def test_a_script_from_a_file_is_allowed():
    assert not IN_TEMPLATES["script inside markup"].search('<script type="module" src="/a.js">')
