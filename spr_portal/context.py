"""What every page shows around its own content: whose portal it is and where one can go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest  # noqa: TID251  a type: context processors are given one
from django.urls import get_script_prefix, reverse

from spr_portal.appearance import DEFAULT_COLOUR, written_colour
from spr_portal.identity.enums import Role
from spr_portal.identity.models import Force, User
from spr_portal.identity.policies import has_role
from spr_portal.visits import person_mark, seconds_left, words_key

# Those who see the whole of a force's year; leads find their assessments on the home page.
WHOLE_YEAR = (Role.ACC_SECURITY, Role.STAFF_OFFICER, Role.EXECUTIVE)

# Those who write an assessment, too.
EVERY_ASSESSOR = (*WHOLE_YEAR, Role.FORCE_LEAD, Role.CONTRIBUTOR)

# Label, path, the roles that are shown it, and where else one is within it. The views behind the
# paths decide for themselves.
NAVIGATION = (
    ("My work", "", tuple(Role), ()),
    ("The year", "cycles/newest/", WHOLE_YEAR, ("cycles/",)),
    ("Registers", "registers/", EVERY_ASSESSOR, ("evidence/",)),
    ("SPR board", "meetings/", EVERY_ASSESSOR, ("actions/",)),
    ("Papers", "papers/", WHOLE_YEAR, ()),
    ("Recommendations", "recommendations/", EVERY_ASSESSOR, ()),
    ("Published papers", "published/", (Role.OPCC,), ()),
    ("People", "people/", (Role.ADMINISTRATOR,), ("force/",)),
    ("E-mails", "e-mails/", EVERY_ASSESSOR, ()),
)


@dataclass(frozen=True)
class NavigationItem:
    label: str
    href: str
    # The value of aria-current: "page" on the page itself, "true" below it, otherwise empty.
    current: str


@dataclass(frozen=True)
class Visit:
    """What a page's scripts know of the visit it belongs to; see spr_portal.visits."""

    ends_in: int  # seconds
    person_mark: str
    words_key: str


class Surroundings:
    """Read only when a template asks, so that fragments and error pages cost no query."""

    def __init__(self, request: HttpRequest):
        self._request = request

    @cached_property
    def person(self) -> User | None:
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def force(self) -> Force | None:
        """The signed-in person's force; pages for strangers are neutral."""
        return self.person.force if self.person else None

    @cached_property
    def colour_url(self) -> str:
        colour = self.force.colour if self.force else DEFAULT_COLOUR
        return reverse("colour", kwargs={"colour": written_colour(colour)})

    @cached_property
    def navigation(self) -> tuple[NavigationItem, ...]:
        if self.person is None:
            return ()
        return tuple(
            self._item(label, path, also)
            for label, path, roles, also in NAVIGATION
            if not path or has_role(self.person, *roles)
        )

    @cached_property
    def visit(self) -> Visit | None:
        if self.person is None:
            return None
        return Visit(
            ends_in=seconds_left(self._request.session),
            person_mark=person_mark(self.person),
            words_key=words_key(self.person),
        )

    @property
    def has_saved_answers(self) -> bool:
        """Whether the page follows a save of answers. It stands in the address: a word kept in
        the session would be written and taken away again, with every save."""
        return self._request.GET.get("saved") == "answers"

    @property
    def is_demonstration(self) -> bool:
        return settings.DEMONSTRATION

    def _item(self, label: str, path: str, also: tuple[str, ...]) -> NavigationItem:
        root, here = get_script_prefix(), self._request.path
        if here == root + path:
            return NavigationItem(label, root + path, "page")
        is_within = any(here.startswith(root + one) for one in (path, *also) if one)
        return NavigationItem(label, root + path, "true" if is_within else "")


def portal(request: HttpRequest) -> dict[str, Surroundings]:
    return {"portal": Surroundings(request)}
