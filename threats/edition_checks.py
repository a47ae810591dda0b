"""What must hold of an edition's file beyond its schema: that its parts fit together."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from spr_portal.strict_yaml import DataPath, Document, Problem
from threats.models import AnswerKind, Place, Relation, Tone

Found = tuple[DataPath, str]  # where, and the reason


def edition_problems(document: Document, earlier: dict[str, Iterable[str]]) -> Iterator[Problem]:
    """Everything wrong with an edition that already fits the schema.

    `earlier` holds the codes of the threats of each loaded edition the file maps from.
    """
    for check in _CHECKS:
        for path, reason in check(document.data):
            yield document.problem(path, reason)
    for path, reason in _check_mappings(document.data, earlier):
        yield document.problem(path, reason)


def _repeated(rows: list[dict], path: DataPath, what: str) -> Iterator[Found]:
    """Each row whose code another row before it has."""
    seen = set()
    for position, row in enumerate(rows):
        if row["code"] in seen:
            yield (*path, position, "code"), f"the {what} “{row['code']}” is already listed above."
        seen.add(row["code"])


def _unknown(codes: Iterable[str], known: set[str], path: DataPath, what: str) -> Iterator[Found]:
    for position, code in enumerate(codes):
        if code not in known:
            listed = ", ".join(sorted(known))
            yield (*path, position), f"“{code}” is not a {what} of this edition; it has {listed}."


def _codes(rows: list[dict]) -> set[str]:
    return {row["code"] for row in rows}


def _check_threats(data: dict) -> Iterator[Found]:
    yield from _repeated(data["threats"], ("threats",), "threat")


def _check_orders(data: dict) -> Iterator[Found]:
    threats = [row["code"] for row in data["threats"]]
    for place, codes in data.get("orders", {}).items():
        yield from _unknown(codes, set(threats), ("orders", place), "threat")
        if missing := [code for code in threats if code not in codes]:
            name = Place(place).label.lower()
            yield ("orders", place), f"the order for “{name}” leaves out {', '.join(missing)}."


def _check_criteria(data: dict) -> Iterator[Found]:
    criteria = [row["code"] for row in data["criteria"]]
    groups = data.get("criterion_groups", [])
    yield from _repeated(data["criteria"], ("criteria",), "criterion")
    yield from _repeated(groups, ("criterion_groups",), "group")
    grouped = Counter(code for group in groups for code in set(group["criteria"]))
    for position, group in enumerate(groups):
        path = ("criterion_groups", position, "criteria")
        yield from _unknown(group["criteria"], set(criteria), path, "criterion")
        if group["code"] in criteria and group["code"] not in group["criteria"]:
            yield path, f"the group has the code of the criterion “{group['code']}” outside it."
        if any(grouped[code] > 1 for code in group["criteria"]):
            yield path, "a criterion here stands in another group too; it can be in one only."
        places = sorted(criteria.index(code) for code in group["criteria"] if code in criteria)
        if any(after - before > 1 for before, after in pairwise(places)):
            yield path, "the criteria of a group must stand next to each other under “criteria”."


def _check_scales(data: dict) -> Iterator[Found]:
    scales = data["rating_scales"]
    yield from _repeated(scales, ("rating_scales",), "rating scale")
    proposed = [position for position, scale in enumerate(scales) if scale.get("proposed")]
    if not proposed:
        yield ("rating_scales",), "one rating scale must be proposed; add “proposed: true” to it."
    for position in proposed[1:]:
        first = scales[proposed[0]]["code"]
        reason = f"only one rating scale can be proposed, and “{first}” already is."
        yield ("rating_scales", position, "proposed"), reason
    for position, scale in enumerate(scales):
        yield from _check_points(scale, ("rating_scales", position, "points"))


def _check_points(scale: dict, path: DataPath) -> Iterator[Found]:
    points = scale["points"]
    yield from _repeated(points, path, "point")
    not_rated = [position for position, point in enumerate(points) if point.get("not_rated")]
    if not not_rated:
        yield (
            path,
            (
                f"the scale “{scale['code']}” needs a point that is not a rating; "
                "add one with “not_rated: true” and the tone grey."
            ),
        )
    for position in not_rated[1:]:
        yield (*path, position, "not_rated"), "only one point of a scale can be “not rated”."
    for position, point in enumerate(points):
        is_grey = point["tone"] == Tone.GREY
        if point.get("not_rated") and not is_grey:
            yield (
                (*path, position, "tone"),
                "“not rated” must be grey, so that it never looks good.",
            )
        elif is_grey and not point.get("not_rated"):
            yield (*path, position, "tone"), "grey is kept for “not rated”; choose another tone."


def _check_parts(data: dict) -> Iterator[Found]:
    criteria = _codes(data["criteria"])
    asked: dict[str, str] = {}  # each criterion that has a part
    yield from _repeated(data["parts"], ("parts",), "part")
    for position, part in enumerate(data["parts"]):
        criterion, path = part.get("criterion"), ("parts", position, "criterion")
        if criterion is None:
            continue
        if criterion not in criteria:
            yield path, f"“{criterion}” is not a criterion of this edition."
        elif criterion in asked:
            yield path, f"the part “{asked[criterion]}” already asks about “{criterion}”."
        asked.setdefault(criterion, part["code"])
        if [q.get("kind") for q in part["questions"]].count(AnswerKind.RATING) != 1:
            yield (
                ("parts", position, "questions"),
                ("a part that asks about a criterion needs exactly one rating question."),
            )
    for position, row in enumerate(data["criteria"]):
        if row["code"] not in asked:
            reason = f"no part asks about “{row['code']}”; give one “criterion: {row['code']}”."
            yield ("criteria", position), reason


def _check_questions(data: dict) -> Iterator[Found]:
    threats = _codes(data["threats"])
    first: dict[str, str] = {}  # each question's code, and the part it first stands in
    for p, part in enumerate(data["parts"]):
        for q, question in enumerate(part["questions"]):
            path = ("parts", p, "questions", q)
            if (code := question["code"]) in first:
                reason = f"the question “{code}” is already asked in the part “{first[code]}”."
                yield (*path, "code"), reason
            first.setdefault(code, part["code"])
            yield from _unknown(question.get("threats", []), threats, (*path, "threats"), "threat")


def _check_mappings(data: dict, earlier: dict[str, Iterable[str]]) -> Iterator[Found]:
    seen = set()
    for position, mapping in enumerate(data.get("mappings", [])):
        path, code = ("mappings", position, "earlier_edition"), mapping["earlier_edition"]
        if code == data["code"]:
            yield path, "an edition cannot follow from itself."
        elif code in seen:
            yield path, f"the mapping from “{code}” stands here twice."
        elif code not in earlier:
            yield path, f"edition “{code}” is not loaded; load it first, or correct its code."
        else:
            yield from _check_mapping(data, mapping, set(earlier[code]), path[:2])
        seen.add(code)


def _check_mapping(data: dict, mapping: dict, before: set[str], path: DataPath) -> Iterator[Found]:
    now = _codes(data["threats"])
    rows = mapping["threats"]
    for position, row in enumerate(rows):
        for path_end, reason in _check_relation(row, before, now):
            yield (*path, "threats", position, *path_end), reason
    for side, known, where in (
        ("earlier", before, f"edition {mapping['earlier_edition']}"),
        ("threat", now, "this edition"),
    ):
        named = Counter(row[side] for row in rows if side in row)
        for code in sorted(known - set(named)):
            yield (*path, "threats"), f"the threat “{code}” of {where} is not mapped."
        for position, row in enumerate(rows):
            code = row.get(side)
            if named[code] > 1 and row["relation"] in _ONE_TO_ONE:
                reason = (
                    f"“{code}” of {where} is mapped more than once, so not “{row['relation']}”."
                )
                yield (*path, "threats", position, "relation"), reason


_ONE_TO_ONE = {Relation.SAME, Relation.RENAMED, Relation.NEW, Relation.RETIRED}


def _check_relation(row: dict, before: set[str], now: set[str]) -> Iterator[Found]:
    relation, earlier, threat = row["relation"], row.get("earlier"), row.get("threat")
    if relation == Relation.NEW and earlier is not None:
        yield ("earlier",), "a new threat has no earlier one; remove “earlier”."
    elif relation != Relation.NEW and earlier is None:
        yield (), f"“earlier” is missing: the relation “{relation}” needs the earlier threat."
    elif earlier is not None and earlier not in before:
        listed = ", ".join(sorted(before))
        yield ("earlier",), f"“{earlier}” is not a threat of the earlier edition; it has {listed}."
    if relation == Relation.RETIRED and threat is not None:
        yield ("threat",), "a retired threat is not in this edition; remove “threat”."
    elif relation != Relation.RETIRED and threat is None:
        yield (), f"“threat” is missing: the relation “{relation}” needs a threat of this edition."
    elif threat is not None and threat not in now:
        listed = ", ".join(sorted(now))
        yield ("threat",), f"“{threat}” is not a threat of this edition; it has {listed}."
    if relation in (Relation.SAME, Relation.RENAMED) and earlier and threat and earlier != threat:
        yield (
            (),
            (
                "a threat keeps its code when it is the same or renamed; "
                f"here it is “{earlier}” and then “{threat}”."
            ),
        )


_CHECKS: list[Callable[[dict], Iterator[Found]]] = [
    _check_threats,
    _check_orders,
    _check_criteria,
    _check_scales,
    _check_parts,
    _check_questions,
]
