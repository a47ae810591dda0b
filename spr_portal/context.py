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

# Those who see the whole of a force's year; leads find their assessments on the home page.
WHOLE_YEAR = (Role.ACC_SECURITY, Role.STAFF_OFFICER, Role.EXECUTIVE)

# Label, path and the roles that are shown it. The views behind the paths decide for themselves.
NAVIGATION = (
    ("Home", "", tuple(Role)),
    ("Cycles", "cycles/", WHOLE_YEAR),
    ("Registers", "registers/", (*WHOLE_YEAR, Role.FORCE_LEAD, Role.CONTRIBUTOR)),
    ("Evidence", "evidence/", (*WHOLE_YEAR, Role.FORCE_LEAD, Role.CONTRIBUTOR)),
    ("Papers", "papers/", WHOLE_YEAR),
    ("Published papers", "published/", (Role.OPCC,)),
    ("People", "people/", (Role.ADMINISTRATOR,)),
)


@dataclass(frozen=True)
class NavigationItem:
    label: str
    href: str
    # The value of aria-current: "page" on the page itself, "true" below it, otherwise empty.
    current: str


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
            self._item(label, get_script_prefix() + path)
            for label, path, roles in NAVIGATION
            if not path or has_role(self.person, *roles)
        )

    @property
    def has_saved_answers(self) -> bool:
        """Whether the page follows a save of answers. It stands in the address: a word kept in
        the session would be written and taken away again, with every save."""
        return self._request.GET.get("saved") == "answers"

    @property
    def is_demonstration(self) -> bool:
        return settings.DEMONSTRATION

    def _item(self, label: str, href: str) -> NavigationItem:
        path = self._request.path
        if path == href:
            return NavigationItem(label, href, "page")
        is_below = href != get_script_prefix() and path.startswith(href)
        return NavigationItem(label, href, "true" if is_below else "")


def portal(request: HttpRequest) -> dict[str, Surroundings]:
    return {"portal": Surroundings(request)}
