"""Saving a page of answers, each for itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from assessments.domain.responses import save_response
from assessments.domain.set_aside import settle_words
from assessments.exceptions import StaleEdit
from assessments.models import Assessment, Response
from spr_portal.identity.exceptions import PolicyDenied
from spr_portal.identity.models import User
from threats.models import RatingPoint


@dataclass(frozen=True)
class GivenAnswer:
    """What a person gave for one response, on top of version `started_from`.

    `is_settled` says that they have dealt with their words set aside there.
    """

    response: Response
    text: str
    rating: RatingPoint | None
    started_from: int
    is_settled: bool = False

    @property
    def is_new(self) -> bool:
        """Whether it differs from what was saved when the response was read."""
        saved = (self.response.text, self.response.rating_id)
        return (self.text, self.rating.pk if self.rating else None) != saved


@dataclass
class SavedPage:
    """What became of a page of answers, by the codes of their questions.

    `stale` maps to the response as somebody else left it. `refusal` is the
    reason why nothing more could be saved, if that happened on the way.
    """

    saved: list[str] = field(default_factory=list)
    stale: dict[str, Response] = field(default_factory=dict)
    refusal: str = ""


def save_answers(*, assessment: Assessment, given: Iterable[GivenAnswer], by: User) -> SavedPage:
    """Save what is new, answer by answer: one that cannot be saved holds none of the others up.

    Must not be called inside a transaction; see `save_response`.
    """
    page = SavedPage()
    for answer in given:
        code = answer.response.question.code
        try:
            if answer.is_new:
                now = save_response(
                    response=answer.response,
                    text=answer.text,
                    rating=answer.rating,
                    started_from=answer.started_from,
                    by=by,
                )
                # Where only somebody else had changed it, theirs stands.
                if (now.text, now.rating) == (answer.text, answer.rating):
                    page.saved.append(code)
            if answer.is_settled:
                settle_words(assessment=assessment, place=code, by=by)
        except StaleEdit as stale:
            page.stale[code] = stale.newer
        except PolicyDenied as denied:
            page.refusal = str(denied)
            break
    return page
