"""The far side of the guarded decoder: `python -m services.files.decoder`, one line of JSON a request on stdin.

It may use 900 MiB and 60 s a request; past that the system ends it, in the middle of native code if need be. It leaves
by itself when its owner is gone or has not asked for a minute.
"""

import ctypes
import os
import resource
import select
import signal
import sys
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

import orjson
from PIL import Image

from services.dossier.document import MediaType
from services.dossier.errors import CannotProceed, MotcuaError
from services.dossier.page import Box
from services.files.guard import sides_of
from services.files.limits import Limits
from services.files.look import look_here
from services.files.opening import open_here
from services.files.page_source import PageSource
from services.wording import sentence

MEMORY_LIMIT = 900 * 1024 * 1024
REQUEST_LIMIT_S = 60
KEPT_BYTES = 32 * 1024 * 1024
"""Freed memory that is kept for the next page: taken from the system anew, clearing it costs as much as decoding."""

IDLE_LIMIT_S = 60
_STRIP_BYTES = 8 * 1024 * 1024

Request = dict[str, Any]


class Desk:
    """The files this process holds open, by handle."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self._open: dict[int, tuple[AbstractContextManager[PageSource], PageSource]] = {}
        self._next = 1

    @property
    def idle(self) -> bool:
        """Whether no file is open."""
        return not self._open

    def serve(self, request: Request) -> None:
        """Answer one request; what goes wrong with the file is an answer too."""
        try:
            self._do(request)
        except MotcuaError as error:
            said = error.sentence
            self._say({"error": type(error).__name__, "sentence": said.id, "params": dict(said.params)})
        except MemoryError:
            self._say({"error": CannotProceed.__name__, "sentence": sentence("files.too_demanding").id, "params": {}})
        except Exception as error:  # noqa: BLE001 -- the owner decides what an error nobody foresaw means
            self._say({"error": type(error).__name__})

    def _do(self, request: Request) -> None:
        match request["do"]:
            case "open":
                self._open_file(*_described(request))
            case "look":
                self._say(asdict(look_here(*_described(request))))
            case "image":
                self._send(self._pages(request).image(request["number"], request["dpi"]))
            case "searchable":
                self._derive(*_described(request), request)
            case "text":
                self._say(self._text(request))
            case _:
                opened, _ = self._open.pop(request["handle"])
                opened.__exit__(None, None, None)
                self._say({})

    def _derive(self, path: Path, media_type: MediaType, limits: Limits, request: Request) -> None:
        # loaded by few decoders: most never make a PDF
        from services.files.archive import make_archive  # noqa: PLC0415
        from services.files.searchable import make_searchable  # noqa: PLC0415

        make = make_archive if request["archive"] else make_searchable
        pages = {
            int(number): [(text, Box(*sides)) for text, sides in words] for number, words in request["pages"].items()
        }
        make(path, media_type, limits, pages, Path(request["target"]))
        self._say({})

    def _text(self, request: Request) -> Request:
        pages, number = self._pages(request), request["number"]
        words = pages.text_layer(number)
        if words is None:
            return {"words": None, "pictures": []}
        boxed = [
            (word.text, (box.left, box.top, box.right, box.bottom), word.line, word.hidden)
            for word in words
            for box in (word.box,)
        ]
        return {"words": boxed, "pictures": [sides_of(box) for box in pages.pictures(number)]}

    def _open_file(self, path: Path, media_type: MediaType, limits: Limits) -> None:
        opened = open_here(path, media_type, limits)
        pages = opened.__enter__()
        self._open[self._next] = (opened, pages)
        self._say({"handle": self._next, "page_count": pages.page_count})
        self._next += 1

    def _pages(self, request: Request) -> PageSource:
        return self._open[request["handle"]][1]

    def _send(self, image: Image.Image) -> None:
        # In strips: a page of 100 megapixels is never in memory as an image and as bytes at once.
        stride = (image.width + 7) // 8 if image.mode == "1" else image.width * len(image.getbands())
        rows = max(1, _STRIP_BYTES // max(stride, 1))
        tops = range(0, image.height, rows)
        strips = [(top, min(rows, image.height - top)) for top in tops]
        sizes = [(top, count, count * stride) for top, count in strips]
        self._say({"mode": image.mode, "width": image.width, "height": image.height, "strips": sizes})
        for top, count in strips:
            strip = image if count == image.height else image.crop((0, top, image.width, top + count))
            self._sink.write(strip.tobytes())
        self._sink.flush()

    def _say(self, answer: Request) -> None:
        self._sink.write(orjson.dumps(answer) + b"\n")
        self._sink.flush()


def keep_freed(count: int) -> None:
    """Let the C library keep this many bytes of freed memory, large blocks too (mallopt(3); only GNU's can)."""
    trim_threshold, mmap_threshold = -1, -3
    with suppress(AttributeError, OSError):
        library = ctypes.CDLL(None)
        for parameter in (mmap_threshold, trim_threshold):
            library.mallopt(parameter, count)


def main() -> None:
    """Serve until the owner is gone or idle."""
    keep_freed(KEPT_BYTES)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Native libraries may print; what they print must not end up among the answers.
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    desk = Desk(sink)
    source = os.fdopen(0, "rb", buffering=0)
    while line := _next_line(source, desk):
        signal.alarm(REQUEST_LIMIT_S)
        desk.serve(orjson.loads(line))
        signal.alarm(0)


def _next_line(source: BinaryIO, desk: Desk) -> bytes:
    while not select.select([source], [], [], IDLE_LIMIT_S)[0]:
        if desk.idle:
            return b""
    return source.readline()


def _described(request: Request) -> tuple[Path, MediaType, Limits]:
    return Path(request["path"]), MediaType(request["media_type"]), Limits(**request["limits"])


if __name__ == "__main__":
    main()
    sys.exit(0)
