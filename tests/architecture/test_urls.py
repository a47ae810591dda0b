"""What holds of every address. Who may open it stands in tests/guards/addresses.py."""

from __future__ import annotations

import re

from django.urls import URLPattern, get_resolver


def patterns(resolver=None, prefix: str = "", namespace: str = ""):
    """Every (name, route) of the portal."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern).lstrip("^").rstrip("$")
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or ''}", route
        else:
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from patterns(entry, route, namespace + inner)


def test_every_address_has_a_name_of_its_own():
    names = [name for name, _ in patterns()]

    assert all(name and not name.endswith(":") for name in names)
    assert len(names) == len(set(names))


def test_every_address_is_plain_words_and_ends_with_a_slash():
    for name, route in patterns():
        plain = re.sub(r"<[^>]+>|\(\?P[^)]*\)", "", route)

        assert name in {"colour", "robots"} or route == "" or route.endswith("/"), route
        assert plain == plain.lower(), route
        assert "_" not in plain, route


def test_no_address_names_a_force():
    """The force is always the signed-in person's own, so that none can be asked for.

    Only what anybody may read names it: nobody is signed in there.
    """
    for _, route in patterns():
        if route.startswith("public/"):
            continue
        parameters = set(re.findall(r"<(?:\w+:)?(\w+)>", route))

        assert not parameters & {"force", "force_code", "force_id", "code"}, route
