"""The recogniser's last blocks and head learned from generated lines, and written as one ONNX file.

What is learned: CTC (Graves et al. 2006) on lines whose text is known, and to say what the wheel's recogniser says
where it is not (leaders, seals, ruled boxes). Weights are averaged over the steps (Polyak and Juditsky 1992).
"""

import json
import random
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from samples.reader.lines import SAME, LineLesson
from samples.reader.network import SEEN, Tail, Weights, wheel_weights, with_classes
from services.ocr.trueocr_models import find_models, read_model

MORE = '!?="[]{}~°²³•|§'
"""Signs that the wheel's recogniser was never taught."""

FIRST = 8
"""The first block that learns."""

RATE, WARM, LARGEST = 1e-3, 30, 1.0
COLUMNS = 2000
"""Steps of a batch, padding with them."""

OLD_EVERY, OLD_SHARE, OLD_WEIGHT = 4, 0.1, 3.0
"""Every so many batches the old answer counts too: fully where no text is known, with a share where one is."""

UNKNOWN_KEPT = 0.4
HALF = 0.5
"""What was learned and what the wheel knew are averaged, weight by weight: as many errors mended, fewer made
(Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
"""

HARDEST = 60.0
"""Nats of a line: more is a wrong text rather than a hard one."""


@dataclass(frozen=True, slots=True)
class Example:
    """Features before the first learning block, shape (128, steps), and the classes printed, None where unknown."""

    features: Tensor
    classes: tuple[int, ...] | None


def charset_with_more() -> list[str]:
    """The wheel's letters and the signs it lacks: class n + 1 is letter n."""
    known: list[str] = json.loads(read_model(find_models(), "meta.json"))["charset"]
    return known + list(MORE)


def classes_of(lesson: LineLesson, at: dict[str, int]) -> tuple[int, ...] | None:
    """The classes printed; None where unknown, where a leader was read, or where the line is too short for them."""
    if lesson.printed is None or ".." in lesson.read:
        return None
    text = unicodedata.normalize("NFC", lesson.printed).translate(SAME)
    if any(letter not in at for letter in text) or len(text) * 1.1 > lesson.features.shape[1]:
        return None
    return tuple(at[letter] for letter in text)


class Learner:
    """What learns, beside the wheel's own."""

    def __init__(self, seed: int) -> None:
        torch.set_num_threads(1)
        torch.manual_seed(seed)
        self._random = random.Random(seed)
        self._wheel = old = wheel_weights()
        self._at = {letter: number for number, letter in enumerate(charset_with_more(), 1)}
        self._before, self._old = Tail(old, SEEN, FIRST), Tail(old, FIRST)
        self._old_classes = len(old["rec.head.bias"])
        self.tail = Tail(with_classes(old, len(MORE)), FIRST)
        self._examples: list[Example] = []

    def add(self, lessons: Sequence[LineLesson]) -> None:
        """More lines to learn from; of those without a known text a part."""
        for lesson in lessons:
            classes = classes_of(lesson, self._at)
            steps = lesson.features.shape[1]
            if steps < 3 or (classes is None and self._random.random() > UNKNOWN_KEPT):
                continue
            with torch.no_grad():
                features = torch.from_numpy(lesson.features.astype(np.float32))[None]
                self._examples.append(Example(self._before(features, torch.tensor([steps]))[0].half(), classes))

    def learn(self, rounds: int) -> Weights:
        """So many rounds over all lines; the weights, by the names of rec.onnx, halfway from the old."""
        optimiser = torch.optim.AdamW(self.tail.parameters(), lr=RATE, weight_decay=0)
        batches = [batch for _ in range(rounds) for batch in self._batches()]
        mean = {name: value.copy() for name, value in self.tail.weights().items()}
        for step, batch in enumerate(batches):
            for group in optimiser.param_groups:
                group["lr"] = (
                    RATE * min(1, (step + 1) / WARM) * (0.5 + 0.5 * float(np.cos(np.pi * step / len(batches))))
                )
            loss = self._loss(batch, with_old=step % OLD_EVERY == 0)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.tail.parameters(), LARGEST)
            optimiser.step()
            kept = min(0.995, (step + 1) / (step + 21))
            for name, value in self.tail.weights().items():
                mean[name] += (1 - kept) * (value - mean[name])
        return halfway(self._wheel, mean)

    def _batches(self) -> Iterator[list[Example]]:
        def width(one: Example) -> float:
            return float(one.features.shape[1] + self._random.random() * 8)

        batches: list[list[Example]] = [[]]
        for one in sorted(self._examples, key=width):
            if batches[-1] and (len(batches[-1]) + 1) * one.features.shape[1] > COLUMNS:
                batches.append([])
            batches[-1].append(one)
        self._random.shuffle(batches)
        yield from batches

    def _loss(self, batch: Sequence[Example], *, with_old: bool) -> Tensor:
        lengths = torch.tensor([one.features.shape[1] for one in batch])
        features = torch.zeros(len(batch), batch[0].features.shape[0], int(lengths.max()) + 2)
        for row, one in enumerate(batch):
            features[row, :, : one.features.shape[1]] = one.features.float()
        said = self.tail(features, lengths).log_softmax(-1)
        loss = ctc_of(said, lengths, [one.classes for one in batch])
        return loss + OLD_WEIGHT * self._apart(features, lengths, said, batch) if with_old else loss

    def _apart(self, features: Tensor, lengths: Tensor, said: Tensor, batch: Sequence[Example]) -> Tensor:
        """Cross-entropy against what the wheel's recogniser says, by step."""
        with torch.no_grad():
            old = self._old(features, lengths).softmax(-1)
        mask = (torch.arange(features.shape[2])[None] < lengths[:, None]).float()
        share = torch.tensor([1.0 if one.classes is None else OLD_SHARE for one in batch])
        apart = -(old * said[..., : self._old_classes]).sum(-1) * mask * share[:, None]
        return apart.sum() / mask.sum()


def ctc_of(said: Tensor, lengths: Tensor, classes: Sequence[tuple[int, ...] | None]) -> Tensor:
    """Nats a letter, over the lines whose text is known."""
    known = [(row, line) for row, line in enumerate(classes) if line]
    if not known:
        return torch.zeros(())
    rows = [row for row, _ in known]
    counts = torch.tensor([len(line) for _, line in known])
    wanted = torch.tensor([one for _, line in known for one in line])
    losses = functional.ctc_loss(
        said[rows].transpose(0, 1), wanted, lengths[rows], counts, reduction="none", zero_infinity=True
    )
    return losses.clamp(max=HARDEST).sum() / counts.sum()


def halfway(old: Mapping[str, NDArray[np.float32]], learned: Mapping[str, NDArray[np.float32]]) -> Weights:
    """Between both; classes that the old head lacks stay as learned."""
    found: Weights = {}
    for name, value in learned.items():
        known = len(old[name])
        found[name] = value.copy()
        found[name][:known] = (1 - HALF) * old[name] + HALF * value[:known]
    return found


def write_model(learned: Weights) -> bytes:
    """The whole recogniser with the learned weights, its letters in the metadata `charset`; weights as float16."""
    import onnx  # noqa: PLC0415 - only who trains has it
    from onnx import helper, numpy_helper  # noqa: PLC0415

    model = onnx.load_from_string(read_model(find_models(), "rec.onnx"))
    graph, halves, casts = model.graph, [], []
    for one in graph.initializer:
        value = learned.get(one.name, numpy_helper.to_array(one)).astype(np.float16)
        halves.append(numpy_helper.from_array(value, f"{one.name}/half"))
        casts.append(helper.make_node("Cast", [f"{one.name}/half"], [one.name], to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(halves)
    graph.node.extend(nodes)
    helper.set_model_props(model, {"charset": json.dumps(charset_with_more(), ensure_ascii=True)})
    content: bytes = model.SerializeToString()
    return content
