"""What is never changed: database triggers refuse to touch whole rows, or single columns.

They hold against raw SQL as well as against our own code. Nothing switches
them off: somebody who owns the database can drop them, and what they change is
then found out by its hashes. The tests, whose every run empties all tables,
drop and restore them around that (tests/frozen_flush.py).
"""

FROZEN_TABLES = {
    "audit_auditevent": "The audit is never changed",
    "reports_issuedpaper": "An issued paper is never changed",
    "reports_issuedfile": "A file that was issued is never changed",
}

# Columns that are written once, with their rows.
PINNED_COLUMNS = {
    "assessments_cycle": ("force_id", "year", "edition_id", "rating_scale_id"),
}

VERBS = ("UPDATE", "DELETE")


def freeze(connection, table: str) -> None:
    """Put the triggers on a table; the connection is SQLite's or PostgreSQL's."""
    sentence = FROZEN_TABLES[table]
    if connection.vendor == "sqlite":
        statements = [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}: no {verb}.'); END"
            for verb in VERBS
        ]
    else:
        statements = [
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{sentence}: no %.', TG_OP; END $$",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
        ]
    _run(connection, statements)


def thaw(connection, table: str) -> None:
    """Take the triggers off again: for undoing a migration, and for tests."""
    if connection.vendor == "sqlite":
        statements = [f"DROP TRIGGER {table}_no_{verb.lower()}" for verb in VERBS]
    else:
        statements = [
            f"DROP TRIGGER {table}_no_change ON {table}",
            f"DROP FUNCTION {table}_refuse()",
        ]
    _run(connection, statements)


def missing_triggers(connection, table: str) -> list[str]:
    """The triggers of a frozen table that are not there, or that are switched off."""
    if connection.vendor == "sqlite":
        wanted = [f"{table}_no_{verb.lower()}" for verb in VERBS]
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    else:
        wanted = [f"{table}_no_change"]
        query = (
            "SELECT tgname FROM pg_trigger "
            "WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled IN ('O', 'A')"
        )
    with connection.cursor() as cursor:
        cursor.execute(query, [table])
        there = {name for (name,) in cursor.fetchall()}
    return [name for name in wanted if name not in there]


def pin(connection, table: str) -> None:
    """Put the triggers on a table that keep its pinned columns as they were first written."""
    columns = PINNED_COLUMNS[table]
    differs = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)
    sentence = f"Never changed in {table}: {', '.join(columns)}"
    if connection.vendor == "sqlite":
        statements = [
            f"CREATE TRIGGER {table}_pinned BEFORE UPDATE ON {table} WHEN {changed} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}.'); END"
        ]
    else:
        statements = [
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{sentence}.'; END $$",
            f"CREATE TRIGGER {table}_pinned BEFORE UPDATE ON {table} "
            f"FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {table}_refuse()",
        ]
    _run(connection, statements)


def unpin(connection, table: str) -> None:
    """Take those triggers off again: for undoing a migration."""
    if connection.vendor == "sqlite":
        statements = [f"DROP TRIGGER {table}_pinned"]
    else:
        statements = [f"DROP TRIGGER {table}_pinned ON {table}", f"DROP FUNCTION {table}_refuse()"]
    _run(connection, statements)


def _run(connection, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, None)  # None: no placeholders, so % stays as it is
