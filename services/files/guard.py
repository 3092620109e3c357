"""The near side of the guarded decoder: files are opened in a child process that may crash, hang or grow alone.

PDFium, libheif and Pillow's decoders are native code fed with strangers' bytes. One child serves one process, starts
with the first file, and leaves when idle; what brings it down costs that file, not the worker.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from types import MappingProxyType
from typing import Any, BinaryIO

import orjson
from PIL import Image

from services.dossier.document import MediaType
from services.dossier.errors import CannotProceed, MotcuaError, Refused, TryAgain
from services.dossier.page import Box
from services.files.laid_words import Words
from services.files.limits import Limits
from services.files.page_source import PageSource
from services.files.words import RawWord
from services.wording import Sentence, sentence

Answer = dict[str, Any]
_ERRORS = MappingProxyType({kind.__name__: kind for kind in (CannotProceed, Refused, TryAgain)})
# a page is megabytes: fewer turns between the two processes
PIPE_BYTES = 1024 * 1024


class _Child:
    """One running decoder; requests and answers are lines of JSON, pixels follow an answer raw."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "services.files.decoder"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=PIPE_BYTES,
        )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: Answer) -> Answer:
        """The answer to one request.

        Raises:
            MotcuaError: as the decoder said, or CannotProceed when it died over this file.
            RuntimeError: the decoder met an error that nobody foresaw.
        """
        try:
            self._stdin.write(orjson.dumps(request, option=orjson.OPT_NON_STR_KEYS) + b"\n")
            self._stdin.flush()
            line = self._stdout.readline()
        except OSError:
            line = b""
        if not line:
            raise self._death()
        answer: Answer = orjson.loads(line)
        if error := answer.get("error"):
            raise _error(error, answer)
        return answer

    def read(self, count: int) -> bytes:
        """Raw bytes that follow an answer.

        Raises:
            CannotProceed: the decoder died in the middle of them.
        """
        data = self._stdout.read(count)
        if len(data) < count:
            raise self._death()
        return data

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._stdin, self._stdout):
            with suppress(OSError):
                pipe.close()

    def _death(self) -> CannotProceed:
        status = self._process.wait()
        self.end()
        return CannotProceed(sentence("files.too_slow" if status == -signal.SIGALRM else "files.too_demanding"))

    @property
    def _stdin(self) -> BinaryIO:
        return self._process.stdin  # type: ignore[return-value] # both are pipes

    @property
    def _stdout(self) -> BinaryIO:
        return self._process.stdout  # type: ignore[return-value] # both are pipes


@dataclass(slots=True)
class _Seat:
    """The one child of this process."""

    lock: RLock
    child: _Child | None = None

    def ask(self, request: Answer) -> tuple[_Child, Answer]:
        """Ask the child, started anew where there is none: it may have left for idleness, or belong to a parent."""
        if self.child is None or self.child.owner != os.getpid() or not self.child.alive:
            self.child = _Child()
        try:
            return self.child, self.child.ask(request)
        except CannotProceed:
            if self.child.alive:
                raise
            self.child = None
            raise


_SEAT = _Seat(RLock())


class GuardedPages:
    """The pages of one file held open by the child, as `PageSource`.

    A page that brings the child down is lost alone: the next is asked of a new child.
    """

    def __init__(self, path: Path, media_type: MediaType, limits: Limits) -> None:
        self._file = described(path, media_type, limits)
        self._open()
        self.page_count: int = self._opened["page_count"]
        self._text_number, self._text_answer = 0, Answer()

    def _open(self) -> None:
        self._child, self._opened = _SEAT.ask({"do": "open", **self._file})

    def image(self, number: int, dpi: int = 200) -> Image.Image:
        """As `PageSource.image`."""
        with _SEAT.lock:
            answer = self._ask({"do": "image", "number": number, "dpi": dpi})
            mode, width, height = answer["mode"], answer["width"], answer["height"]
            if len(answer["strips"]) == 1:
                return Image.frombytes(mode, (width, height), self._child.read(answer["strips"][0][2]))
            image = Image.new(mode, (width, height))
            for top, rows, count in answer["strips"]:
                image.paste(Image.frombytes(mode, (width, rows), self._child.read(count)), (0, top))
        return image

    def text_layer(self, number: int) -> tuple[RawWord, ...] | None:
        """As `PageSource.text_layer`."""
        words = self._text(number)["words"]
        return None if words is None else tuple(RawWord(text, Box(*box), *rest) for text, box, *rest in words)

    def pictures(self, number: int) -> tuple[Box, ...]:
        """As `PageSource.pictures`."""
        return tuple(Box(*box) for box in self._text(number)["pictures"])

    def _text(self, number: int) -> Answer:
        # words and pictures are asked for one after the other: they come with one answer
        if number != self._text_number:
            with _SEAT.lock:
                self._text_answer = self._ask({"do": "text", "number": number})
            self._text_number = number
        return self._text_answer

    def close(self) -> None:
        """Let the child forget the file."""
        with _SEAT.lock, suppress(MotcuaError):
            if self._child.alive:
                self._ask({"do": "close"})

    def _ask(self, request: Answer) -> Answer:
        if not self._child.alive:
            self._open()
        return self._child.ask({**request, "handle": self._opened["handle"]})


@contextmanager
def open_guarded(path: Path, media_type: MediaType, limits: Limits) -> Iterator[PageSource]:
    """Open a file in the guarded process.

    Raises:
        CannotProceed: it is broken, or brought the decoder down.
        Refused: it is over a limit.
    """
    with _SEAT.lock:
        pages = GuardedPages(path, media_type, limits)
    try:
        yield pages
    finally:
        pages.close()


def look_guarded(path: Path, media_type: MediaType, limits: Limits) -> Answer:
    """The fields of a `Look`, taken in the guarded process.

    Raises:
        CannotProceed: it is broken, or brought the decoder down.
        Refused: it is over a limit.
    """
    with _SEAT.lock:
        _, answer = _SEAT.ask({"do": "look", **described(path, media_type, limits)})
    return answer


def derive_searchable(
    path: Path, media_type: MediaType, limits: Limits, words: Mapping[int, Words], target: Path, *, archive: bool
) -> None:
    """Write the searchable PDF of a PDF or an image to `target`, as PDF/A-2b for an archive.

    Raises:
        CannotProceed: the file is broken, or brought the decoder down, or takes too long.
        Refused: it is over a limit.
    """
    pages = {number: [(text, sides_of(box)) for text, box in found] for number, found in words.items()}
    request = {"do": "searchable", **described(path, media_type, limits), "target": str(target.absolute())}
    with _SEAT.lock:
        _SEAT.ask({**request, "pages": pages, "archive": archive})


def sides_of(box: Box) -> tuple[float, float, float, float]:
    """A box as a request or an answer carries it."""
    return round(box.left, 6), round(box.top, 6), round(box.right, 6), round(box.bottom, 6)


def end_decoder() -> None:
    """End the child of this process, if there is one; the next file starts another."""
    with _SEAT.lock:
        if _SEAT.child is not None and _SEAT.child.owner == os.getpid():
            _SEAT.child.end()
        _SEAT.child = None


def described(path: Path, media_type: MediaType, limits: Limits) -> Answer:
    """A file and its limits as a request carries them."""
    sizes = {"max_bytes": limits.max_bytes, "max_pages": limits.max_pages, "max_pixels": limits.max_pixels}
    return {"path": str(path.absolute()), "media_type": media_type.value, "limits": sizes}


def _error(kind: str, answer: Answer) -> Exception:
    if kind not in _ERRORS:
        return RuntimeError(f"decoder: {kind}")
    return _ERRORS[kind](Sentence(answer["sentence"], answer["params"]))
