"""What a page of answers brings, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from assessments.models import Response, SetAside


@dataclass(frozen=True)
class GivenAnswer:
    """What a person gave for one question, on top of version `started_from`.

    `text` None leaves the text as it is, `rating` is a point's code or empty.
    `keeps_saved` says that nothing was given: what is saved shall stand.
    `is_settled`: they have dealt with their words set aside there.

    `page` names the opened page that sent it and `number` counts what that
    page sent: it is on top of what the same page sent before, whatever
    `started_from` says. `is_typing`: sent while the person writes, unasked;
    `is_brought_back`: found on the device, so that it may have been saved long ago.
    """

    code: str
    text: str | None
    rating: str
    started_from: int
    is_settled: bool = False
    keeps_saved: bool = False
    page: str = ""
    number: int = 0
    is_typing: bool = False
    is_brought_back: bool = False


@dataclass
class SavedPage:
    """What became of a page of answers, by the codes of their questions.

    `standing` holds every response given for as it stands now; `stale` those
    that somebody else had changed, so that the words given are in `kept`.
    `overtaken` are answers whose sender had saved them, or newer ones, before.
    `refusal` is the reason why something could not be saved at all.
    """

    saved: list[str] = field(default_factory=list)
    standing: dict[str, Response] = field(default_factory=dict)
    stale: dict[str, Response] = field(default_factory=dict)
    kept: dict[str, SetAside] = field(default_factory=dict)
    overtaken: set[str] = field(default_factory=set)
    refusal: str = ""
