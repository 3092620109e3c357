"""Text as others read it, in an environment of their own: paths as JSON on standard input, texts as JSON on output.

Each is told that the pages are Vietnamese and reads with the Tesseract of the system; nothing else is set. This module
imports nothing of the product: the interpreter that runs it has none of it.
"""

import json
import resource
import sys
from importlib import import_module
from importlib.metadata import version
from typing import Any


def read_kreuzberg(path: str) -> str:
    """The text as `kreuzberg` gives it: a text layer where there is one, Tesseract elsewhere."""
    there: Any = import_module("kreuzberg")
    config = there.ExtractionConfig(ocr=there.OcrConfig(backend="tesseract", language="vie"))
    return str(there.extract_file_sync(path, config=config).content)


def read_unstructured(path: str) -> str:
    """The text as `unstructured` gives it: `fast` where a PDF has a text layer, `ocr_only` elsewhere."""
    if path.lower().endswith(".pdf"):
        partition = import_module("unstructured.partition.pdf").partition_pdf
        fast = partition(path, strategy="fast", languages=["vie"])
        if sum(len(str(part)) for part in fast) > ENOUGH:
            return "\n".join(str(part) for part in fast)
    else:
        partition = import_module("unstructured.partition.image").partition_image
    return "\n".join(str(part) for part in partition(path, strategy="ocr_only", languages=["vie"]))


ENOUGH = 100  # letters of a text layer
WAYS = {"kreuzberg": read_kreuzberg, "unstructured": read_unstructured}


def cpu_seconds() -> float:
    """CPU of this process and of the ones it started."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    """Read every file; a file that fails is refused and counts as read empty."""
    way, paths = WAYS[sys.argv[1]], json.load(sys.stdin)
    import_module(sys.argv[1])
    texts, refused, started = {}, 0, cpu_seconds()
    for path in paths:
        try:
            texts[path] = way(path)
        except Exception as error:  # noqa: BLE001 - whatever it raises, the other files are still measured
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            texts[path], refused = "", refused + 1
    found = {"texts": texts, "refused": refused, "cpu_s": cpu_seconds() - started, "version": version(sys.argv[1])}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
