"""Reads that only the administrator's pages need."""

from threats.models import Threat


def threat_choices() -> list[tuple[str, str]]:
    """Every threat of any edition as (code, label), the newest edition's first and by its order.

    A threat keeps its code from edition to edition; it is called what the
    newest edition that has it calls it. One query.
    """
    threats = Threat.objects.order_by("-edition__issued_on", "order").values_list("code", "label")
    labels: dict[str, str] = {}
    for code, label in threats:
        labels.setdefault(code, label)
    return list(labels.items())
