"""Let tests with real transactions empty the frozen tables between them.

Django empties every table after such a test, which their triggers rightly
refuse. Around that, and only there, they are dropped and restored.
"""

from django.db import connection
from django.test import TransactionTestCase

from spr_portal.frozen import FROZEN_TABLES, freeze, thaw


def install() -> None:
    """Wrap Django's emptying of tables; called once from conftest."""
    empty_tables = TransactionTestCase._fixture_teardown
    if getattr(empty_tables, "thaws_tables", False):
        return

    def thawed(self):
        for table in FROZEN_TABLES:
            thaw(connection, table)
        try:
            empty_tables(self)
        finally:
            for table in FROZEN_TABLES:
                freeze(connection, table)

    thawed.thaws_tables = True
    TransactionTestCase._fixture_teardown = thawed
