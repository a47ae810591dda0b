"""What a person typed into a form that could not be taken: shown once more, to be copied.

A browser does not keep what was typed on a page that may not be stored, so
"Go back" alone would lose it.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest  # noqa: TID251  a type: what was sent came with one
from django.http.multipartparser import MultiPartParserError  # noqa: TID251  of such a request

_CHOICE = re.compile(r"[a-z0-9_:-]*|OFFICIAL(-SENSITIVE)?")


def typed_words(request: HttpRequest) -> list[str]:
    """Every text that a page of ours sent; never one about an account.

    A single word in small letters, a number and a marking are taken for choices
    and versions. From another site's page nothing is repeated: its words would
    look like ours.
    """
    if request.path_info.startswith("/accounts/") or not _is_from_us(request):
        return []
    try:
        fields = list(request.POST.lists())
    except (SuspiciousOperation, MultiPartParserError):  # too long, too many, or broken off
        return []
    sent = [
        value.strip()
        for name, values in fields
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    return [words for words in sent if not _CHOICE.fullmatch(words)]


def _is_from_us(request: HttpRequest) -> bool:
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(sender).netloc == request.get_host()
