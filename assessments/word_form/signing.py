"""Which assessment a form is of, and which version of each answer stood in it."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from django.core import signing

SALT = "assessments.word_form"
# As it is printed in the form, so that it can be found again among other words.
CODE = re.compile(r"SPRFORM[.]([0-9A-Za-z_:.-]{40,4000})[.]END")


class UnknownForm(Exception):
    """The code is not one that this portal has given out, or was changed."""


@dataclass(frozen=True)
class FormIdentity:
    """`versions` maps the code of each question in the form to the version of its answer."""

    force: str
    reference: str  # "wmp-2017-18-cyber"
    made_on: datetime.date
    versions: dict[str, int]


def sign(identity: FormIdentity) -> str:
    """The form's code: short enough to print, and of no use to anybody who changes it."""
    values = [
        identity.force,
        identity.reference,
        identity.made_on.isoformat(),
        " ".join(f"{code}:{version}" for code, version in identity.versions.items()),
    ]
    return f"SPRFORM.{signing.dumps(values, salt=SALT, compress=True)}.END"


def identity_in(words: str) -> FormIdentity | None:
    """The identity printed in these words, None where there is none. Raises UnknownForm."""
    found = CODE.search(re.sub(r"\s", "", words))
    if found is None:
        return None
    try:
        force, reference, made_on, versions = signing.loads(found[1], salt=SALT)
        pairs = (pair.split(":") for pair in versions.split())
        return FormIdentity(
            force=force,
            reference=reference,
            made_on=datetime.date.fromisoformat(made_on),
            versions={code: int(version) for code, version in pairs},
        )
    except (signing.BadSignature, ValueError) as wrong:
        raise UnknownForm from wrong
