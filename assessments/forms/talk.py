"""What is said beside an answer, as a page sends it.

Every box and button of a thread has a name of its own, so that they can stand
inside the form of the answers, which are then saved with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

NAME = re.compile(r"[A-Za-z0-9_-]{1,80}")
STEPS = frozenset({"new", "reply", "resolve", "reopen", "agree", "withdraw"})


@dataclass(frozen=True)
class Asked:
    """The button that was pressed: what to do, where, and the words typed for it.

    `about` is a place for "new", and the identity of a thread otherwise.
    """

    step: str
    about: str
    text: str


def what_was_asked(data: Mapping[str, str]) -> Asked | None:
    """The button "talk" has the value "step:about", its box the name "talk:step:about"."""
    step, _, about = data.get("talk", "").partition(":")
    if step not in STEPS or not (is_name(about) or (step == "new" and not about)):
        return None
    return Asked(step, about, data.get(f"talk:{step}:{about}", ""))


def is_name(text: str) -> bool:
    """Whether it can be the code of a place or the identity of a thread."""
    return NAME.fullmatch(text) is not None


def words_not_sent(data: Mapping[str, str], asked: Asked | None = None) -> dict[str, str]:
    """What was typed in other boxes than the one that was sent, by the name of the box."""
    sent = f"talk:{asked.step}:{asked.about}" if asked else ""
    return {
        name: words
        for name, words in data.items()
        if name.startswith("talk:") and name != sent and words.strip()
    }
