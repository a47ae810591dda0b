"""A cycle as YAML text that is pleasant to read and reads back the same to the letter."""

from __future__ import annotations

import textwrap

import yaml

from spr_portal.cycle_file.reading import MAX_BYTES
from spr_portal.strict_yaml import read_yaml

WIDTH = 96


class Bytes64(str):
    """Base 64, to be broken into lines."""


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):
    def ignore_aliases(self, data):
        return True


def _represent_text(dumper: _Dumper, text: str):
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_bytes(dumper: _Dumper, text: Bytes64):
    lines = "\n".join(textwrap.wrap(text, WIDTH))
    return dumper.represent_scalar("tag:yaml.org,2002:str", lines + "\n", style="|")


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(Bytes64, _represent_bytes)


class CannotBeWritten(Exception):
    """Something in the cycle would not read back as it is; the message says what."""


def to_yaml(data: dict) -> str:
    """The text of a cycle file; raises CannotBeWritten unless it reads back as the same data."""
    text = yaml.dump(
        data,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=WIDTH,
        default_flow_style=False,
    )
    read = read_yaml(text.encode(), name="the dump", max_bytes=MAX_BYTES)
    if place := _difference(data, read.data):
        raise CannotBeWritten(f"What stands at {place} would not read back as it is.")
    return text


def _difference(wanted, read, place: str = "the top") -> str:
    """Where two values first differ; empty when they are equal."""
    if isinstance(wanted, Bytes64):
        return "" if wanted == "".join(read.split()) else place
    if isinstance(wanted, dict) and isinstance(read, dict) and list(wanted) == list(read):
        pairs = ((key, wanted[key], read[key]) for key in wanted)
    elif isinstance(wanted, list) and isinstance(read, list) and len(wanted) == len(read):
        pairs = ((index, *pair) for index, pair in enumerate(zip(wanted, read, strict=True)))
    else:
        return "" if type(wanted) is type(read) and wanted == read else place
    return next(
        (found for key, one, two in pairs if (found := _difference(one, two, str(key)))), ""
    )
