"""Reads that only the administrator's pages need."""

from threats.models import Threat


def threat_choices() -> list[tuple[str, str]]:
    """Every threat of any edition as (code, label), the newest edition's first and by its order.

    A threat keeps its code from edition to edition, but not its name, and a force may still work
    on an older edition: "Public disorder (earlier: Public order)". One query.
    """
    threats = Threat.objects.order_by("-edition__issued_on", "order").values_list("code", "label")
    names: dict[str, dict[str, str]] = {}
    for code, label in threats:
        names.setdefault(code, {}).setdefault(label.casefold(), label)
    return [(code, _joined(*labels.values())) for code, labels in names.items()]


def _joined(newest: str, *earlier: str) -> str:
    return f"{newest} (earlier: {', '.join(earlier)})" if earlier else newest
