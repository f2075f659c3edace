"""Messages over a socket: pickled, each after its length."""

from __future__ import annotations

import pickle
import socket
import struct
from collections import deque
from typing import Any, BinaryIO

_LENGTH = struct.Struct("<Q")
_CHUNK = 1 << 18


def write_message(stream: BinaryIO, message: object) -> None:
    """Write one message and wait until it is out."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def read_message(stream: BinaryIO) -> Any:
    """The next message. Raises `EOFError` when the other side has gone."""
    header = stream.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        raise EOFError
    return pickle.loads(stream.read(_LENGTH.unpack(header)[0]))


class Channel:
    """The side that must never wait: it sends what the socket takes and reads what is there.

    The other side may be stopped, busy or dead in the middle of a message; a
    message counts when it is whole.
    """

    def __init__(self, sock: socket.socket) -> None:
        sock.setblocking(False)
        self.socket = sock
        self._out: deque[memoryview] = deque()
        self._in = bytearray()

    @property
    def has_more_to_send(self) -> bool:
        """Whether something waits until the other side reads."""
        return bool(self._out)

    def send(self, message: object) -> None:
        """Send a message, now or as soon as `flush` can."""
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        self._out += (memoryview(_LENGTH.pack(len(data))), memoryview(data))
        self.flush()

    def flush(self) -> None:
        """Send what the socket takes; a socket without another side takes nothing any more."""
        while self._out:
            try:
                sent = self.socket.send(self._out[0])
            except BlockingIOError:
                return
            except OSError:
                self._out.clear()  # reading will tell that the other side has gone
                return
            self._out[0] = self._out[0][sent:]
            if not self._out[0]:
                self._out.popleft()

    def receive(self) -> tuple[list[tuple[Any, int]], bool]:
        """The whole messages that came, each with its bytes; whether the other side is gone."""
        is_closed = self._read()
        messages: list[tuple[Any, int]] = []
        begin = 0
        while len(self._in) - begin >= _LENGTH.size:
            length = _LENGTH.unpack_from(self._in, begin)[0]
            end = begin + _LENGTH.size + length
            if len(self._in) < end:
                break
            messages.append((pickle.loads(self._in[begin + _LENGTH.size : end]), length))
            begin = end
        del self._in[:begin]
        return messages, is_closed

    def _read(self) -> bool:
        while True:
            try:
                data = self.socket.recv(_CHUNK)
            except BlockingIOError:
                return False
            except OSError:
                return True
            if not data:
                return True
            self._in += data
            if len(data) < _CHUNK:
                return False

    def close(self) -> None:
        """Close the socket; what was not sent is lost."""
        self.socket.close()
