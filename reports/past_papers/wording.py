"""The words of a recommendation: to whom it is made, what it asks, what it is about."""

from __future__ import annotations

import re
from dataclasses import replace

from reports.past_papers.proposal import Piece
from reports.past_papers.words import flat, tokens

MOST_OF_HEADING = 9  # words

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
# "Recommendation 3 (ACC Crime): …": whom or what it is about stands in brackets first.
BEFORE = re.compile(r"\((?P<named>[^()]{2,60})\)\s*[:.–—-]*\s*(?P<rest>\S.*)$", re.DOTALL)
# Who sees to a recommendation and until when, in lines below it.
OWNER = re.compile(
    r"(?:\b(?P<who>owner|lead|addressee|responsible(?: officer| person)?|lead officer)s?"
    r"|due(?: date| by)?|by when|deadline|time ?scale|target date|completion date)\s*:\s*",
    re.IGNORECASE,
)
ASKING = """accept acknowledge action adopt agree allocate appoint approve arrange ask assess assure
    authorise be bring build challenge check close commission complete confirm consider
    continue convene create decide define delegate deliver design develop direct discuss
    draw embed encourage endorse engage enhance ensure establish evaluate examine exercise
    explore extend fill finalise formalise fund give hold identify implement improve include
    incorporate increase inform introduce invest invite keep lead maintain make meet monitor
    note offer oversee plan prepare present prioritise progress provide publish pursue put
    raise receive recognise recommend recruit reduce refresh replace report request resource
    retain review revise run schedule scrutinise secure seek set share sign sponsor
    strengthen submit support take test track train undertake update upgrade use work write"""
NO_VERBS = frozenset(("the", "a", "an", "its", "this", "that", "these", "their", "our", "be"))
VERBS = frozenset(ASKING.split())


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
    if _orders(text):
        return "", text
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
    rest = re.sub(r"^that (?:you|we) ", "", rest, flags=re.IGNORECASE)
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
    is_word = bool(following) and following[0].isalpha() and following[0] not in NO_VERBS
    return following[0] if is_word else ""


def split(piece: Piece, *, addressee: str = "") -> Piece:
    """A recommendation with its heading, addressee and verb told apart from its text.

    `addressee` is whom the list is put to, for an item that names nobody itself.
    """
    mark, text, heading = piece.mark, piece.text, piece.heading
    if found := BEFORE.match(text):
        named, text = found["named"], found["rest"]
        if _is_office(named) and not heading:
            return replace(piece, addressee=named, text=text, verb=verb_of(text))
        heading = f"{heading} {named}".strip()
    if not heading:
        heading, text = _heading_of(text)
        if heading and text and _is_office(heading) and not addressee_of(text)[0]:
            return replace(piece, addressee=heading, text=text, verb=verb_of(text))
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
        lead="" if who else _owner(text) or addressee,
    )


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


def _owner(text: str) -> str:
    """Who is named as the owner in the words of a recommendation itself."""
    for found in OWNER.finditer(text):
        if found["who"]:
            rest = text[found.end() :]
            following = OWNER.search(rest)
            named = rest[: following.start()] if following else rest
            return _capital(named) if len(named.split()) <= MOST_OF_HEADING else ""
    return ""


def _orders(text: str) -> bool:
    """Whether a text begins with what is to be done: "Ask the Chief Constable to"."""
    words = text.split()[:2]
    articles = ("the", "a", "an", "that", "its", "their", "all")
    return len(words) == 2 and words[0].casefold() in VERBS and words[1].casefold() in articles


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
