import logging

from spr_portal.logs import LineFormatter


def written(message: str, **extra) -> str:
    record = logging.LogRecord("spr_portal", logging.INFO, __file__, 1, message, (), None)
    record.__dict__.update(extra)
    return LineFormatter().format(record)


def test_line_breaks_in_a_message_forge_no_second_record():
    line = written("name\r\n2026-01-01 INFO spr_portal forged\x85\u2028more\x1b[31m")

    assert len(line.splitlines()) == 1
    assert "name\\r\\n2026-01-01" in line


def test_a_traceback_stays_on_the_line_of_its_record():
    try:
        raise ValueError("a\nb")
    except ValueError as problem:
        line = written("It failed", exc_info=(ValueError, problem, problem.__traceback__))

    assert len(line.splitlines()) == 1
    assert "ValueError: a\\nb" in line
