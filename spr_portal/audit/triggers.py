"""Database triggers that refuse to change or delete what the audit keeps.

They hold against raw SQL as well as against our own code. Nothing switches
them off: somebody who owns the database can drop them, and is then found out
by `verify_audit`. The tests, whose every run empties all tables, drop and
restore them around that (tests/audit_flush.py).
"""

TABLE = "audit_auditevent"

INSTALL = {
    "sqlite": [
        f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, 'The audit is never changed: no {verb}.'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'The audit is never changed: no %.', TG_OP; END $$",
        f"CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    ],
}
REMOVE = {
    "sqlite": ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"],
    "postgresql": [f"DROP TRIGGER audit_no_change ON {TABLE}", "DROP FUNCTION audit_refuse()"],
}


def install(connection) -> None:
    _run(INSTALL, connection)


def remove(connection) -> None:
    _run(REMOVE, connection)


def _run(statements: dict[str, list[str]], connection) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement, None)  # None: no placeholders, so % stays as it is
