"""What a person typed into a form that could not be taken: shown once more, to be copied.

A browser does not keep what was typed on a page that may not be stored, so
"Go back" alone would lose it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest  # noqa: TID251  a type: what was sent came with one


def typed_words(request: HttpRequest) -> list[str]:
    """Every text of more than a word that a page of ours sent; never one about an account.

    Single words and numbers are choices and versions. From another site's page
    nothing is repeated: its words would look like ours.
    """
    if request.path_info.startswith("/accounts/") or not _is_from_us(request):
        return []
    sent = [value.strip() for values in request.POST.lists() for value in values[1]]
    return [words for words in sent if len(words.split()) > 1]


def _is_from_us(request: HttpRequest) -> bool:
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(sender).netloc == request.get_host()
