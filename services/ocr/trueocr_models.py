"""Where the ONNX models of the `trueocr` wheel lie, and that they are the very ones we measured.

The wheel is young and has one author, so its files are pinned by SHA-256 and its code is not imported: only the models
are used. Source: PyPI `trueocr` 0.1.1, Apache-2.0.
"""

import hashlib
import json
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import onnxruntime

from services.dossier.errors import CannotProceed
from services.ocr.onnx_graph import add_outputs
from services.wording import sentence

PINNED: dict[str, str] = {
    "det.onnx": "f2bd4cba23e9c328cf7ec824634e423e191a2c6aacbbf35c62bd79dd70f62f59",
    "rec.onnx": "360b800dcbebd1099270f703ac35a43a6c86b40de049c4be78a130184b3bfef0",
    "orient.onnx": "20eaf670f55a7cf9facfe1bdd6c7b8e40be75bbf4d48a3df43f66aa3bbd874fd",
    "meta.json": "934c619f2b8579aa0fa0ead0ec20afc79fd92966be0255ebaf821142fe8740cd",
}
"""SHA-256 of every file used, of version 0.1.1."""

ADAPTED = Path(__file__).with_name("reader.onnx")
"""`rec.onnx` with its last part learned anew (`motcua train --reader`, docs/models/reader.md); it holds its letters."""

ADAPTED_SHA256 = "23103d2c8e1a39557cf5556ed5c7c24ac879f8f886344d1eaf612c1c19f77613"


@dataclass(frozen=True, slots=True)
class Models:
    """Loaded models: sessions may be run by several threads at once; `charset[i]` is the letter of class i + 1."""

    detector: onnxruntime.InferenceSession
    recogniser: onnxruntime.InferenceSession
    charset: tuple[str, ...]


def find_models() -> Path:
    """The folder of the wheel's models, without importing the package.

    Raises:
        CannotProceed: the wheel is not installed.
    """
    try:
        return Path(str(distribution("trueocr").locate_file("trueocr/models")))
    except PackageNotFoundError as error:
        raise CannotProceed(sentence("ocr.no_trueocr")) from error


def read_model(folder: Path, name: str) -> bytes:
    """The bytes of one model file, checked against its pinned hash.

    Raises:
        CannotProceed: the file is missing, or is not the one we know.
    """
    path = folder / name
    if not path.is_file():
        raise CannotProceed(sentence("ocr.model_missing", file=name))
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != PINNED[name]:
        raise CannotProceed(sentence("ocr.model_unknown", file=name))
    return content


def open_session(model: bytes) -> onnxruntime.InferenceSession:
    """A session that uses one thread and no memory arena: arenas kept growing with batches of changing shape.

    Nor is the memory of a whole run taken as one block: the system gives and takes back a block that large each time,
    and clearing it costs the detector a third of its time.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def load_models(folder: Path) -> Models:
    """Detector, recogniser (with its eight best letters a step laid open) and charset.

    Raises:
        CannotProceed: a file is missing or is not the one we know.
    """
    detector = open_session(read_model(folder, "det.onnx"))
    adapted = read_adapted()
    recogniser = open_session(add_outputs(adapted or read_model(folder, "rec.onnx"), ("topv", "topi")))
    written = json.loads(read_model(folder, "meta.json"))["charset"]
    charset = json.loads(recogniser.get_modelmeta().custom_metadata_map["charset"]) if adapted else written
    return Models(detector, recogniser, tuple(charset))


def read_adapted() -> bytes | None:
    """The recogniser whose last part learned from our own pages; None where it is not there.

    Raises:
        CannotProceed: it is not the one that was measured.
    """
    if not ADAPTED.is_file():
        return None
    content = ADAPTED.read_bytes()
    if hashlib.sha256(content).hexdigest() != ADAPTED_SHA256:
        raise CannotProceed(sentence("ocr.adapted_unknown", file=ADAPTED.name))
    return content
