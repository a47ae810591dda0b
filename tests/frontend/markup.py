"""Reading a page's markup in tests, with nothing but the standard library."""

from __future__ import annotations

from html.parser import HTMLParser


class Markup(HTMLParser):
    """Every element of a page as (tag, attributes), in order, and its words."""

    def __init__(self, html: str):
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, words):
        if words.strip():
            self.words.append(" ".join(words.split()))

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        wanted = {name.rstrip("_"): value for name, value in wanted.items()}
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and wanted.items() <= attributes.items()
        ]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]
