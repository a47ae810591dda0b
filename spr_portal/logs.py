"""How the portal's log reads: one line for each record, whatever is in it."""

import logging


class LineFormatter(logging.Formatter):
    """Write a record, its traceback included, as one line; line breaks are shown as \\n and \\r.

    Somebody who puts a line break into a name or an address cannot forge a second record.
    """

    def __init__(self):
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record).replace("\r", "\\r").replace("\n", "\\n")
        return "".join(char if char.isprintable() or char == "\t" else "?" for char in line)
