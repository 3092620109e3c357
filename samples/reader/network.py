"""The recogniser's last blocks and its head in PyTorch, with the wheel's weights to begin with.

A block (read off rec.onnx of trueocr 0.1.1): a depth-wise convolution over nine steps, 128 channels to 256, hard-swish,
a squeeze-and-excitation gate (Hu et al. 2018) over the line, back to 128, added to what came in.
"""

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from services.ocr.trueocr_models import find_models, read_model

BLOCKS = 10
SEEN = 6
"""Blocks before the features of a lesson."""

FIRST_DEPTHWISE = 510
"""The depth-wise weights of block n are `onnx::Conv_{510 + 3n}`, their bias one more."""

Weights = dict[str, NDArray[np.float32]]


def wheel_weights() -> Weights:
    """Every weight of the wheel's recogniser by its name."""
    import onnx  # noqa: PLC0415 - only who trains has it
    from onnx import numpy_helper  # noqa: PLC0415

    model = onnx.load_from_string(read_model(find_models(), "rec.onnx"))
    return {one.name: numpy_helper.to_array(one).copy() for one in model.graph.initializer}


def with_classes(weights: Mapping[str, NDArray[np.float32]], count: int) -> Weights:
    """The weights with so many more classes, which the head never answers with yet."""
    kernel, bias = weights["rec.head.weight"], weights["rec.head.bias"]
    more = np.repeat(kernel.mean(0, keepdims=True), count, 0)
    unlikely = np.full(count, bias.min() - 3, np.float32)
    return {**weights, "rec.head.weight": np.concatenate([kernel, more]), "rec.head.bias": np.r_[bias, unlikely]}


def names_of_block(number: int) -> dict[str, str]:
    """What a block calls its weights, and their names in rec.onnx."""
    inner = ("expand", "se.fc1", "se.fc2", "project")
    named = {f"{part}.{kind}": f"rec.blocks.{number}.{part}.{kind}" for part in inner for kind in ("weight", "bias")}
    at = FIRST_DEPTHWISE + 3 * number
    return {"across.weight": f"onnx::Conv_{at}", "across.bias": f"onnx::Conv_{at + 1}", **named}


class Tail(nn.Module):  # type: ignore[misc] # where PyTorch is not installed
    """Blocks `first` to `last` - 1 and, where `last` is the last, the head."""

    def __init__(self, weights: Mapping[str, NDArray[np.float32]], first: int, last: int = BLOCKS) -> None:
        super().__init__()
        self._blocks = [names_of_block(number) for number in range(first, last)]
        self._has_head = last == BLOCKS
        names = [name for block in self._blocks for name in block.values()]
        names += ["rec.head.weight", "rec.head.bias"] if self._has_head else []
        self.names = {self._key(name): name for name in names}
        self.held = nn.ParameterDict({key: torch.tensor(weights[name]) for key, name in self.names.items()})

    @staticmethod
    def _key(name: str) -> str:
        return name.replace(".", "_").replace(":", "_")

    def _get(self, name: str) -> Tensor:
        found: Tensor = self.held[self._key(name)]
        return found

    def forward(self, features: Tensor, lengths: Tensor) -> Tensor:
        """(lines, 128, steps) and the true steps: logits (lines, steps, classes), without a head features."""
        steps = torch.arange(features.shape[2])
        mask = (steps[None] < lengths[:, None])[:, None].float()
        for block in self._blocks:
            features = self._run_block(features, mask, {part: self._get(name) for part, name in block.items()})
        if not self._has_head:
            return features
        return functional.conv1d(features, self._get("rec.head.weight"), self._get("rec.head.bias")).transpose(1, 2)

    @staticmethod
    def _run_block(features: Tensor, mask: Tensor, own: Mapping[str, Tensor]) -> Tensor:
        def mix(part: str, values: Tensor) -> Tensor:
            return functional.conv1d(values, own[f"{part}.weight"], own[f"{part}.bias"])

        wide = functional.conv1d(features, own["across.weight"], own["across.bias"], padding=4, groups=128)
        wide = functional.hardswish(mix("expand", wide))
        mean = (wide * mask).sum(2, keepdim=True) / mask.sum(2, keepdim=True).clamp(min=1)
        gate = torch.sigmoid(mix("se.fc2", functional.relu(mix("se.fc1", mean))))
        return (features + mix("project", wide * gate)) * mask

    def weights(self) -> Weights:
        """What was learned, by the names of rec.onnx."""
        return {name: self.held[key].detach().numpy().astype(np.float32) for key, name in self.names.items()}
