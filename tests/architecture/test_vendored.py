"""What is vendored is what was fetched, and nothing that is not ours to use."""

import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
VENDOR = STATIC / "vendor"
FORBIDDEN_NAME = re.compile(r"crest|crown|gds.?transport|opengraph|govuk-logo", re.IGNORECASE)
FORBIDDEN_WORD = re.compile(r"GDS Transport|govuk-crest|url\(|sourceMappingURL", re.IGNORECASE)


def recorded_sums() -> dict[str, str]:
    lines = (VENDOR / "SHA256SUMS").read_text().splitlines()
    return {path: digest for digest, path in (line.split("  ", 1) for line in lines)}


def test_vendored_files_are_those_recorded():
    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.parent != VENDOR
    }

    assert found == recorded_sums()


@pytest.mark.parametrize("folder", sorted(p.name for p in VENDOR.iterdir() if p.is_dir()))
def test_vendored_package_names_its_version_and_licence(folder):
    assert re.search(r"^\S+ \d+\.\d+\.\d+$", (VENDOR / folder / "VERSION").read_text(), re.M)
    assert len((VENDOR / folder / "LICENSE.txt").read_text()) > 500
    assert f"`{folder}/`" in (VENDOR / "README.md").read_text()


def test_no_file_of_the_crown_or_of_gov_uk_is_served():
    names = [path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*")]

    assert [name for name in names if FORBIDDEN_NAME.search(name)] == []


def test_style_sheet_of_govuk_frontend_names_no_font_or_picture_of_gov_uk():
    for path in (VENDOR / "govuk-frontend").glob("*.min.*"):
        assert FORBIDDEN_WORD.findall(path.read_text()) == []


def test_style_sheets_ask_no_other_site_for_anything():
    for path in STATIC.rglob("*.css"):
        assert re.findall(r"(?:url\(|@import)[^)]{0,3}(?:https?:)?//[^)]*", path.read_text()) == []
