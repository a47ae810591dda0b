"""Let tests with real transactions empty the audit's table between them.

Django empties every table after such a test, which the audit's triggers
rightly refuse. Around that, and only there, they are dropped and restored.
"""

from django.db import connection
from django.test import TransactionTestCase

from spr_portal.audit import triggers


def install() -> None:
    """Wrap Django's emptying of tables; called once from conftest."""
    empty_tables = TransactionTestCase._fixture_teardown
    if getattr(empty_tables, "lets_audit_go", False):
        return

    def without_triggers(self):
        triggers.remove(connection)
        try:
            empty_tables(self)
        finally:
            triggers.install(connection)

    without_triggers.lets_audit_go = True
    TransactionTestCase._fixture_teardown = without_triggers
