"""Asking the virus scanner clamd about a file, over its socket (its INSTREAM command)."""

from __future__ import annotations

import re
import socket
import struct
import time
from typing import BinaryIO

CONNECT_WITHIN = 10  # seconds
ANSWER_WITHIN = 300  # in all: clamd scans when it has the whole file
CHUNK = 64 * 1024
LONGEST_ANSWER = 4096  # bytes

Address = str | tuple[str, int]  # the path of a Unix socket, or host and port


class ScannerFailed(Exception):
    """The scanner gave no verdict; the message says what it did instead."""


def found_in(file: BinaryIO, *, scanner: Address) -> str:
    """The name of what the scanner found in the file; empty only if it said that it is clean.

    Raises ScannerFailed for everything else that can happen: nobody there, no
    answer in time, an answer that is cut off or not one of the two.
    """
    deadline = time.monotonic() + ANSWER_WITHIN
    try:
        with _connected(scanner) as connection:
            connection.sendall(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                connection.settimeout(_left(deadline))
                connection.sendall(struct.pack(">I", len(chunk)) + chunk)
            connection.sendall(struct.pack(">I", 0))
            answer = _answer(connection, deadline)
    except OSError as problem:
        raise ScannerFailed(f"the scanner cannot be reached or broke off: {problem}") from problem
    return _verdict(answer)


def _connected(scanner: Address) -> socket.socket:
    if not isinstance(scanner, str):
        return socket.create_connection(scanner, timeout=CONNECT_WITHIN)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(CONNECT_WITHIN)
    try:
        connection.connect(scanner)
    except OSError:
        connection.close()
        raise
    return connection


def _answer(connection: socket.socket, deadline: float) -> bytes:
    answer = b""
    while not answer.endswith(b"\0"):
        connection.settimeout(_left(deadline))
        part = connection.recv(LONGEST_ANSWER)
        answer += part
        if not part or len(answer) > LONGEST_ANSWER:
            raise ScannerFailed(f"the scanner's answer has no end: {answer[:80]!r}")
    return answer[:-1]


def _verdict(answer: bytes) -> str:
    if answer == b"stream: OK":
        return ""
    if found := re.fullmatch(rb"stream: ([^\r\n]+) FOUND", answer):
        return found[1].decode(errors="replace")
    raise ScannerFailed(f"the scanner answered {answer[:80]!r}")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("it took too long")
    return left
