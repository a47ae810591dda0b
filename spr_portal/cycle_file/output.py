"""Writing what a command makes: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError


def write_output(output: str, content: bytes, *, command: BaseCommand) -> None:
    """Write to a file, which appears complete or stays as it was, or to standard output for "-".

    Raises CommandError when the file cannot be written.
    """
    if output == "-":
        stream = getattr(command.stdout, "buffer", None)
        if stream is None:  # a stream of text, as tests give
            command.stdout.write(content.decode(), ending="")
        else:
            stream.write(content)
            stream.flush()
        return
    target = Path(output)
    partial = ""
    try:
        if target.exists() and not target.is_file():  # a pipe or a device is written to as it is
            target.write_bytes(content)
            return
        with tempfile.NamedTemporaryFile(
            dir=target.parent, prefix=f".{target.name}.", delete=False
        ) as file:
            partial = file.name
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).chmod(0o600)  # a cycle holds what the public may not read
        Path(partial).replace(target)
    except (OSError, ValueError) as error:
        if partial:
            with contextlib.suppress(OSError):
                Path(partial).unlink()
        reason = getattr(error, "strerror", None) or str(error)
        raise CommandError(f"{output} cannot be written: {reason}. Nothing was changed.") from None
