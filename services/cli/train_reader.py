"""`motcua train --reader`: the recogniser's last part learned anew from generated lines, in the source tree."""

import hashlib
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from services.dossier.errors import CannotProceed
from services.ocr.trueocr_models import ADAPTED
from services.wording import sentence

PAGES, ROUNDS = 200, 2


def train_reader(pages: int, seed: int, texts: Sequence[Path]) -> dict[str, Any]:
    """Draw so many pages, learn, write the model; what was made. Whether it reads better `benchmarks.reading` tells.

    Raises:
        CannotProceed: PyTorch, onnx or texts to print are missing.
    """
    if not find_spec("torch") or not find_spec("onnx"):
        raise CannotProceed(sentence("models.no_torch"))
    law = import_module("samples.reader.texts").read_texts(texts)
    if len(law) <= pages:
        raise CannotProceed(sentence("models.no_texts"))
    learning = import_module("samples.reader.learn")
    cutter = import_module("samples.reader.lines").LineCutter(law)
    learner = learning.Learner(seed)
    for number in range(pages):
        learner.add(cutter.draw_lines(seed, number))
    model: bytes = learning.write_model(learner.learn(ROUNDS))
    ADAPTED.write_bytes(model)
    return {"pages": pages, "rounds": ROUNDS, "seed": seed, "sha256": hashlib.sha256(model).hexdigest()}
