"""Addresses of pages, each worked out once: the same name and arguments always lead to the same.

Django tries its patterns anew for every link, which takes a tenth of a page with a hundred of
them. An address says nothing but what it is asked with, so what was worked out for one person's
page may serve another's.
"""

from __future__ import annotations

from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse


def address_of(name: str, *args: str | int) -> str:
    """What `reverse` says of a page by its name and arguments; raises NoReverseMatch as it does."""
    return _address(name, tuple(map(str, args)), get_urlconf(), get_script_prefix())


@lru_cache(maxsize=4096)
def _address(name: str, args: tuple[str, ...], urlconf: str | None, prefix: str) -> str:
    return reverse(name, args=args)
