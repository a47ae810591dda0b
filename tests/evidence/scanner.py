"""A virus scanner for tests: a real socket that speaks clamd's protocol, or breaks it."""

import socket
import struct
import threading

from tests.evidence.uploads import EICAR


class Scanner:
    """Answers INSTREAM in a thread. `behaviour` says how it misbehaves, if it does."""

    def __init__(self, address, behaviour: str = ""):
        self.address, self.behaviour = address, behaviour
        self.received: list[bytes] = []
        family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        self._door = socket.socket(family, socket.SOCK_STREAM)
        self._door.bind(address)
        if not isinstance(address, str):
            self.address = self._door.getsockname()
        self._door.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *raised):
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._thread.join(timeout=10)

    def _serve(self):
        while True:
            try:
                caller, _ = self._door.accept()
            except OSError:
                return
            with caller:
                caller.settimeout(10)
                try:
                    self._answer(caller)
                except OSError:
                    continue

    def _answer(self, caller: socket.socket) -> None:
        if self.behaviour == "hangs up at once":
            return
        assert self._read(caller, 10) == b"zINSTREAM\0"
        if self.behaviour == "hangs up in the middle":
            self._read(caller, 6)
            return
        content = b""
        while length := struct.unpack(">I", self._read(caller, 4))[0]:
            content += self._read(caller, length)
        self.received.append(content)
        caller.sendall(self._verdict(content))

    def _verdict(self, content: bytes) -> bytes:
        answers = {
            "speaks garbage": b"\xff\xfe OK\0",
            "says OK to something else": b"fd[12]: OK\0",
            "never ends its answer": b"stream: OK",
            "says nothing": b"",
            "finds it too large": b"INSTREAM size limit exceeded. ERROR\0",
            "says OK and ERROR": b"stream: OK ERROR\0",
            "talks without end": b"stream: OK " * 1000,
        }
        if self.behaviour:
            return answers[self.behaviour]
        if EICAR.encode() in content:
            return b"stream: Eicar-Test-Signature FOUND\0"
        return b"stream: OK\0"

    def _read(self, caller: socket.socket, length: int) -> bytes:
        read = b""
        while len(read) < length:
            part = caller.recv(length - len(read))
            if not part:
                raise OSError("the caller hung up")
            read += part
        return read
