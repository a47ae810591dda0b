"""Recommendations: where they stand, to whom they are made, what they ask, printed once more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reports.past_papers.proposal import Piece, PieceKind
from reports.past_papers.words import alike, flat, tokens

SAME_WORDS = 0.8  # of two printings without or with different numbers
SAME_NUMBERED = 0.5  # of two printings with one number
MOST_OF_HEADING = 9  # words

HEADING = re.compile(
    r"(?:summary of |list of |the |key |our |proposed |full )*recommendations?\b"
    r"|(?:decisions?|actions?) (?:required|requested|sought)|conclusions? and recommendations?",
    re.IGNORECASE,
)
NAMED = re.compile(r"\brecommend(?:ations?|ed)\b", re.IGNORECASE)
# A heading with one of these is about recommendations that others made, or that were made before.
OF_OTHERS = re.compile(
    r"previous|last year|prior|earlier|progress|update|hmic|inspect|outcome|response|implement|"
    r"status|review of|made in|against|arising|follow|national|external|audit"
    r"|(?:from|of|in|since) (?:the )?(?:19|20)\d\d",
    re.IGNORECASE,
)
# So is a section whose heading has one of these, though it does not name recommendations.
SECTION_OF_OTHERS = re.compile(
    r"previous|last year|prior year|earlier|progress|update|hmic|inspect|outcome|implement|audit",
    re.IGNORECASE,
)
OFFICE = (
    r"chief constable|deputy chief constable|assistant chief constable|temporary chief constable|"
    r"commissioner|board|panel|committee|authority|executive|team|members?|mayor|force|police|"
    r"constabulary|officers?|lead|leads|head|director|superintendent|inspector|group|office|"
    r"department|unit|secretary|council|partners|acc|dcc|tacc|opcc|pcc|pfcc|cc|deputy"
)
LEAD_IN = re.compile(
    r"^(?P<lead>(?:it is |the following (?:is|are) )?(?:therefore )?(?:recommended|proposed"
    r"|requested)(?: that| to)?)\b\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
ASKED = re.compile(
    rf"^(?P<who>(?:the )?(?:[\w’'-]+ ){{0,7}}?(?:{OFFICE})(?:[\w’', ]*?)?) (?:is|are) "
    r"(?:therefore )?(?P<ask>asked|recommended|invited|requested)(?: to| that)?",
    re.IGNORECASE,
)
WHO = re.compile(
    r"^(?P<who>(?:[Tt]he )?[A-Z][\w’'&/()-]*"
    r"(?: (?:[A-Z][\w’'&/()-]*|and|of|for|the|,|&)(?=[ ,]))*?)"
    r"(?P<next>,? (?:to|should|must|will|shall|is|are|in|on|continues?|be|[a-z]+s)\b)"
)
ASKING = """accept acknowledge action adopt agree allocate appoint approve arrange assess assure
    authorise be bring build challenge check close commission complete confirm consider
    continue convene create decide define delegate deliver design develop direct discuss
    draw embed encourage endorse engage enhance ensure establish evaluate examine exercise
    explore extend fill finalise formalise fund give hold identify implement improve include
    incorporate increase inform introduce invest invite keep lead maintain make meet monitor
    note offer oversee plan prepare present prioritise progress provide publish pursue put
    raise receive recognise recommend recruit reduce refresh replace report request resource
    retain review revise run schedule scrutinise secure seek set share sign sponsor
    strengthen submit support take test track train undertake update upgrade use work write"""
VERBS = frozenset(ASKING.split())
NONE = re.compile(
    r"^(?:there (?:are|were) )?(?:no|nil)\b.{0,30}\b(?:recommendation|implication|issue)s?\b"
    r".{0,60}$"
    r"|^(?:none|nil|not applicable|n/a)\b.{0,40}$",
    re.IGNORECASE,
)
STATUS_COLUMN = re.compile(r"status|progress|update|outcome|complete|position|rag", re.IGNORECASE)


def is_recommendations_heading(heading: str) -> bool:
    """Whether the recommendations of this very paper stand below."""
    words = re.sub(r"^[\d.() ]+", "", heading).strip(" :.")
    return bool(
        HEADING.match(words) or (NAMED.search(words) and len(words.split()) <= 4)
    ) and not OF_OTHERS.search(words)


def is_of_others(heading: str) -> bool:
    """Whether recommendations below a heading are others', or of an earlier year."""
    pattern = OF_OTHERS if NAMED.search(heading) else SECTION_OF_OTHERS
    return bool(pattern.search(heading))


def is_none(text: str) -> bool:
    """Whether a text says that there is no recommendation."""
    return bool(NONE.match(text))


def lead_in(text: str) -> str | None:
    """Whom a list of recommendations is put to, of "It is recommended that the Board:".

    None for a text that leads into nothing; empty where it names nobody.
    """
    if len(text.split()) > 40:
        return None
    if found := ASKED.match(text):
        return _capital(found["who"])
    if found := LEAD_IN.match(text):
        rest = found["rest"].strip(" :;,")
        return _capital(rest) if rest and len(rest.split()) <= 8 and _is_office(rest) else ""
    return None


def is_recommending(text: str) -> bool:
    """Whether a sentence recommends something to somebody."""
    if ASKED.match(text) or LEAD_IN.match(text):
        return True
    addressee, rest = addressee_of(text)
    return bool(addressee and verb_of(rest)) or _starts_with_verb(text)


def addressee_of(text: str) -> tuple[str, str]:
    """To whom a recommendation is made, and the rest of the sentence; empty where unsure."""
    start = re.match(r"(?:That )?", text)
    found = WHO.match(text[start.end() :])
    if found is None:
        lowered = re.match(rf"that (?P<who>the (?:[\w’'-]+ ){{0,6}}?(?:{OFFICE}))\b", text, re.I)
        if lowered:
            return text[: lowered.end()], text[lowered.end() :].strip()
        return "", text
    who = found["who"].strip(" ,")
    if not _is_office(who):
        return "", text
    end = start.end() + found.end("who")
    return text[:end].strip(" ,"), text[end:].strip()


def verb_of(rest: str) -> str:
    """The verb of what is asked: "support" of "to continue to support"; empty where unsure."""
    words = [word.strip(",.;:()") for word in rest.split()]
    plain = [_stem(word) for word in words]
    after = next(
        (
            place
            for place, word in enumerate(words[:25])
            if word in ("to", "should", "must", "shall", "will")
        ),
        None,
    )
    if words and plain[0] in VERBS and words[0] != "be":
        return _going_on(plain, 0)
    if after is None:
        return ""
    for place in range(after + 1, min(after + 4, len(plain))):
        if plain[place] in VERBS:
            return _going_on(plain, place)
    following = plain[after + 1 : after + 2]
    return following[0] if following and following[0].isalpha() else ""


def split(piece: Piece, *, addressee: str = "") -> Piece:
    """A recommendation with its heading, addressee and verb told apart from its text.

    `addressee` is whom the list is put to, for an item that names nobody itself.
    """
    mark, text, heading = piece.mark, piece.text, piece.heading
    if not heading:
        heading, text = _heading_of(text)
    if (found := LEAD_IN.match(text)) and found["rest"].strip():
        mark, text = f"{mark} {found['lead']}".strip(), found["rest"].strip()
    who, rest = addressee_of(text)
    if not who and (asked := ASKED.match(text)):
        who, rest = asked["who"], text[asked.end("who") :].strip()
    if who.lower().startswith("that "):
        mark, who = f"{mark} {who[:4]}".strip(), who[5:]
    return replace(
        piece,
        mark=mark,
        heading=heading,
        addressee=_capital(who),
        text=rest if who else text,
        verb=verb_of(rest if who else text),
        lead="" if who else addressee,
    )


def once_each(pieces: Sequence[Piece], regions: dict[str, int]) -> list[Piece]:
    """The pieces, with each recommendation once; further printings say what they repeat.

    `regions` says in which list each stands. Of several printings the one in
    the fullest list stays, unless it is much shorter than another.
    """
    groups: list[list[Piece]] = []
    for piece in pieces:
        if piece.kind != PieceKind.RECOMMENDATION:
            continue
        group = next((one for one in groups if _is_same(one, piece, regions)), None)
        if group is None:
            groups.append([piece])
        else:
            group.append(piece)
    fullness = Counter(regions.values())
    kept: dict[str, Piece] = {}
    repeats: dict[str, str] = {}
    for group in groups:
        stays = _that_stays(group, fullness, regions)
        codes = {code for piece in group for code in piece.threat_codes}
        kept[stays.identity] = replace(stays, threat_codes=tuple(sorted(codes)))
        repeats |= {piece.identity: stays.identity for piece in group if piece is not stays}
    return [
        replace(piece, kind=PieceKind.REPEATED, repeats=repeats[piece.identity])
        if piece.identity in repeats
        else kept.get(piece.identity, piece)
        for piece in pieces
    ]


def _that_stays(group: list[Piece], fullness: Counter, regions: dict[str, int]) -> Piece:
    longest = max(len(piece.text) for piece in group)
    whole = [piece for piece in group if len(piece.text) >= 0.7 * longest]
    return max(whole, key=lambda piece: fullness[regions.get(piece.identity, -1)])


def _is_same(group: list[Piece], piece: Piece, regions: dict[str, int]) -> bool:
    for other in group:
        if regions.get(other.identity) == regions.get(piece.identity):
            return False  # a list says nothing twice
        nearness = alike(_said(other), _said(piece))
        if nearness >= (SAME_NUMBERED if _same_number(other, piece) else SAME_WORDS):
            return True
        short, long = sorted((tokens(_said(other)), tokens(_said(piece))), key=len)
        if _same_number(other, piece) and len(short) > 3 and set(short) <= set(long):
            return True
    return False


def _said(piece: Piece) -> str:
    return f"{piece.addressee} {piece.text}"


def _same_number(one: Piece, other: Piece) -> bool:
    return bool(one.number) and one.number == other.number


def _heading_of(text: str) -> tuple[str, str]:
    """What a recommendation is about, where it says so first: "Public order: …"."""
    found = re.match(
        r"^(?P<heading>[^.:;?!]{2,90}?)(?:\s*:|\s[–—-])\s*(?P<rest>\S.*)?$", text, re.S
    )
    if found is None:
        return "", text
    heading, rest = found["heading"], found["rest"] or ""
    is_short = len(heading.split()) <= MOST_OF_HEADING and heading[:1].isupper()
    if not is_short or ASKED.match(heading) or LEAD_IN.match(heading) or _has_verb(heading):
        return "", text
    if rest and not rest[:1].isupper():
        return "", text
    return heading, rest


def _has_verb(text: str) -> bool:
    return bool(re.search(r"\b(?:to|should|must|will|is|are|be|that)\b", text))


def _is_office(words: str) -> bool:
    if re.search(rf"\b(?:{OFFICE})\b", words, re.IGNORECASE):
        return True
    return bool(re.fullmatch(r"(?:the )?[A-Z]{2,6}", words))


def _starts_with_verb(text: str) -> bool:
    words = tokens(" ".join(text.split()[:2]))
    return bool(words) and (words[0] in VERBS or (words[0] == "to" and words[-1] in VERBS))


def _going_on(plain: list[str], place: int) -> str:
    """What somebody is to go on doing, of "continue to support"."""
    if plain[place] == "continue" and plain[place + 1 : place + 2] == ["to"]:
        following = plain[place + 2 : place + 3]
        return following[0] if following and following[0].isalpha() else plain[place]
    return plain[place]


def _stem(word: str) -> str:
    word = word.casefold()
    if word in VERBS:
        return word
    for ending in ("ies", "es", "s"):
        stem = word.removesuffix(ending) + ("y" if ending == "ies" else "")
        if word.endswith(ending) and stem in VERBS:
            return stem
    return word


def _capital(words: str) -> str:
    words = flat(words).strip(" ,:")
    return words[:1].upper() + words[1:]


def columns(header: Sequence[str]) -> dict[str, int] | None:
    """What the columns of a table of recommendations hold; None for a table of anything else."""
    named = [flat(cell).casefold() for cell in header]
    # A narrow column breaks the word anywhere.
    named = [re.sub(r"recommendatio ?n", "recommendation", name) for name in named]
    if not any("recommendation" in name for name in named):
        return None
    if any(len(name.split()) > 6 for name in named):
        return None  # a row that recommends something
    if any(STATUS_COLUMN.search(name) for name in named):
        return None
    found: dict[str, int] = {}
    for place, name in enumerate(named):
        if re.fullmatch(
            r"(?:no\.?|#|ref(?:erence)?\.?|number|recommendation (?:no\.?|number))", name
        ):
            found.setdefault("number", place)
        elif "recommendation" in name:
            found.setdefault("text", place)
        elif re.search(r"owner|addressee|lead|responsib|^for$|^to$|who", name):
            found.setdefault("addressee", place)
        elif re.search(r"threat|theme|area|subject|topic|heading|strand", name):
            found.setdefault("heading", place)
    return found if "text" in found else None
