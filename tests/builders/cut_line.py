"""A line that can be cut: a small TCP proxy on 127.0.0.1 that closes every connection in the middle of its bytes."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

PIECE = 16_384


@dataclass
class Line:
    """Bytes go through from `port` to `target`, until more than `most` went to the target; then the line is dead.

    A dead line takes no connection, as a telephone in a tunnel has none, until it is mended. `passed` counts.
    """

    target: int
    most: int | None = None
    passed: int = 0
    port: int = 0
    _listener: socket.socket | None = None
    _open: set[socket.socket] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_cut(self) -> bool:
        """Whether nothing goes through."""
        return self._listener is None

    def mend(self, most: int | None = None) -> None:
        """Take connections (again), on the same port as before."""
        self.most, self.passed = most, 0
        listener = socket.create_server(("127.0.0.1", self.port))
        self._listener, self.port = listener, int(listener.getsockname()[1])
        threading.Thread(target=self._take, args=(listener,), daemon=True).start()

    def cut(self) -> None:
        """Close everything now, in the middle of whatever is being said."""
        with self._lock:
            listener, self._listener = self._listener, None
            ends, self._open = self._open, set()
        for end in (*ends, *((listener,) if listener else ())):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _take(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            with self._lock:
                self._open |= {near, far}
            threading.Thread(target=self._carry, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._carry, args=(far, near, False), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, counted: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(PIECE):
                sink.sendall(piece)
                self.passed += len(piece) if counted else 0
                if counted and self.most is not None and self.passed > self.most:
                    self.cut()
                    return
            sink.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def line_to(target: int, most: int | None = None) -> Iterator[Line]:
    """A line that works, until so many bytes went to `target`."""
    line = Line(target)
    line.mend(most)
    try:
        yield line
    finally:
        line.cut()
