"""Which characters a paper can show, and what stands for those it cannot.

PDF/A and PDF/UA fail on a single character without a glyph, and a font that
happens to be installed on one server would give other bytes on the next. So the
paper is set in the packaged fonts alone, and every format says the same: what
those fonts cannot draw is a box in all three.
"""

import functools
import re
import unicodedata

BOX = "\u25a1"  # WHITE SQUARE: says that a character stood here

# What Public Sans (latin, latin-ext) and DejaVu Sans can draw, without private
# use and without scripts whose shaping leaves glyphs that have no character
# (PDF/A-3a, ISO 19005-3, 6.2.11.7.2). tests/rendering compares this with the fonts.
_DRAWABLE = """
    20-7E A0-AC AE-2E9 2EC-2EE 2F3 2F7 300-33F 342 345-34F 351-353 357-358 35A 35C-362 370-373
    375-377 37A-37D 37F 384-386 388-38A 38C 38E-3A1 3A3-525 531-556 559-55F 561-587 589-58A
    5B0-5C3 5C6-5C7 5D0-5EA 5F0-5F4 606-607 609-60A 60C 615 61B 61F 621-63A 640-655 657 65A
    660-670 674 679-6BF 6C6-6C8 6CB-6CC 6CE 6D0 6D5 6F0-6F9 10A0-10C5 10D0-10FC 1D00-1D14
    1D16-1D23 1D26-1D2E 1D30-1D5B 1D5D-1D6A 1D77-1D78 1D7B 1D7D 1D85 1D9B-1DBF 1DC4-1DC9
    1E00-1EFB 1F00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D 1F5F-1F70 1F72
    1F74 1F76 1F78 1F7A 1F7C 1F80-1FB4 1FB6-1FBA 1FBC-1FBD 1FBF-1FC4 1FC6-1FC8 1FCA 1FCC-1FD2
    1FD6-1FDA 1FDD-1FE2 1FE4-1FEA 1FEC-1FED 1FF2-1FF4 1FF6-1FF8 1FFA 1FFC 1FFE 2010-2027
    2030-205E 2070-2071 2074-208E 2090-209C 20A0-20B5 20B8-20BA 20BD 20D0-20D1 20D6-20D7
    20DB-20DC 20E1 2100-2109 210B-2125 2127-2129 212C-2149 214B 214E 2150-2185 2189 2190-2311
    2318-2319 231C-2321 2324-2328 232B-232C 2373-2375 237A 237D 2387 2394 239B-23AE 23CE-23CF
    23E3 23E5 23E8 2422-2423 2460-2469 2500-269C 269E-26B8 26C0-26C3 26E2 2701-2704 2706-2709
    270C-2727 2729-274B 274D 274F-2752 2756 2758-275E 2761-2794 2798-27AF 27B1-27BE 27C5-27C6
    27E0 27E6-27EB 27F0-27FF 2906-2907 290A-290B 2940-2941 2983-2984 29CE-29D5 29EB 29FA-29FB
    2A00-2A02 2A0C-2A1C 2A2F 2A6A-2A6B 2A7D-2AA0 2AAE-2ABA 2AF9-2AFA 2B00-2B1A 2B1F-2B24
    2B53-2B54 2C60-2C77 2C79-2C7F A722-A72B A730-A741 A746-A74B A74E-A753 A756-A757 A764-A767
    A780-A783 A789-A78E A790-A791 A7A0-A7AA A7F8-A7FF FB00-FB06 1F600-1F623 1F625-1F62B
    1F62D-1F640 1F643
"""

_HYPHENS = dict.fromkeys((0x2010, 0x2011), "-")
_SPACES = {"Zs", "Zl", "Zp"}
_INVISIBLE = {"Cc", "Cf"}
_NO_BREAK_SPACE = "\u00a0"
_WHITE_SPACE = "\t\n\v\f\r\u0085"

# The marks of a typewriter, as typists mean them: one that has nothing but a space, a bracket or
# a dash before it opens, where something follows; every other one closes, or is an apostrophe.
_TYPED_MARKS = re.compile("['\"]")
_OPENS = re.compile(r"(?<![^\s(\[{/\u2013\u2014\u2018\u201c'\"])['\"](?=[^\s.,;:!?)\]}])")
# No quotation begins with these: "'s" after a name that is a link, the '90s.
_APOSTROPHE = re.compile(r"'(?=(?:s|\d\ds)\b)")
_OPENING, _CLOSING = {"'": "\u2018", '"': "\u201c"}, {"'": "\u2019", '"': "\u201d"}


def printable(text: str) -> str:
    """`text` as every format prints it: composed (NFC), on one line, without what cannot be seen.

    Control characters and marks that reverse the reading order are dropped; a
    line end is a space; what no packaged font can draw becomes `BOX`; the quotation
    marks and apostrophes of a typewriter become those of a printer.
    """
    text = _with_real_quotes(text)
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text).translate(_HYPHENS)
    return "".join(map(_printed, composed))


def unprintable(text: str) -> tuple[str, ...]:
    """The characters of `text` that a paper shows as a box, each once, in order."""
    composed = unicodedata.normalize("NFC", text)
    return tuple(dict.fromkeys(c for c in composed if _printed(c) == BOX != c))


def _with_real_quotes(text: str) -> str:
    if not _TYPED_MARKS.search(text):
        return text
    text = _APOSTROPHE.sub(_CLOSING["'"], text)
    text = _OPENS.sub(lambda mark: _OPENING[mark[0]], text)
    return _TYPED_MARKS.sub(lambda mark: _CLOSING[mark[0]], text)


@functools.lru_cache(maxsize=4096)
def _printed(character: str) -> str:
    category = unicodedata.category(character)
    if character == _NO_BREAK_SPACE or character in drawable():
        return character
    if category in _SPACES or character in _WHITE_SPACE:
        return " "
    if category in _INVISIBLE or unicodedata.name(character, "").startswith("VARIATION SELECTOR"):
        return ""
    return BOX


@functools.cache
def drawable() -> frozenset[str]:
    """Every character that the packaged fonts can draw."""
    points: list[int] = []
    for first, last in re.findall(r"(\w+)(?:-(\w+))?", _DRAWABLE):
        points.extend(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(map(chr, points))
