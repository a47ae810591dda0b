from pathlib import Path

import pytest
import yaml

from threats.loading import load_edition, shipped_editions
from threats.models import Edition


class WithoutAliases(yaml.SafeDumper):
    """Writes out again what stands in the data twice; the portal reads no aliases."""

    def ignore_aliases(self, data):
        return True


@pytest.fixture
def editions(db) -> dict[str, Edition]:
    """The shipped editions, loaded, by code."""
    return {edition.code: edition for edition in map(load_edition, shipped_editions())}


@pytest.fixture
def edition_file(tmp_path):
    """Writes a small but whole edition to a file, after `change` has had its way with it."""

    def write(change=lambda edition: None, name="2031-01.yaml") -> Path:
        edition = made_up_edition()
        change(edition)
        path = tmp_path / name
        path.write_text(
            yaml.dump(edition, Dumper=WithoutAliases, sort_keys=False, allow_unicode=True)
        )
        return path

    return write


def made_up_edition() -> dict:
    """An edition that no government issued: eight threats, one criterion, two questions."""
    codes = [
        "floods",
        "fraud",
        "drones",
        "wildfire",
        "piracy",
        "espionage",
        "pandemic",
        "terrorism",
    ]
    return {
        "code": "2031-01",
        "title": "Strategic Policing Requirement, January 2031",
        "issued_on": "2031-01",
        "legal_basis": "Police Act 1996 section 37A",
        "source": "Made up",
        "threats": [{"code": code, "label": code.capitalize()} for code in codes],
        "orders": {"section": codes[::-1]},
        "criteria": [{"code": "capacity", "label": "Capacity", "definition": "What there is."}],
        "rating_scales": [
            {
                "code": "simple",
                "label": "Simple",
                "proposed": True,
                "points": [
                    {"code": "good", "label": "Good", "tone": "green", "symbol": "G"},
                    {
                        "code": "not-rated",
                        "label": "Not rated",
                        "tone": "grey",
                        "symbol": "–",
                        "not_rated": True,
                    },
                ],
            }
        ],
        "parts": [
            {
                "code": "capacity",
                "label": "Capacity",
                "criterion": "capacity",
                "questions": [
                    {"code": "capacity-rating", "kind": "rating", "prompt": "How good is it?"},
                    {"code": "capacity-local", "level": "local", "prompt": "What is there?"},
                    {
                        "code": "pumps",
                        "prompt": "How many pumps are there?",
                        "required": False,
                        "threats": ["floods"],
                    },
                ],
            }
        ],
    }
