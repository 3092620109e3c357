"""The same questions without accents or with slips: `python -m benchmarks.slips [FILE…]`.

Questions with accents, of one turn and with `gold_codes`, are asked as typed, folded, and with one slip in about six
words (a letter left out, doubled, or changed places with its neighbour; three draws). Slips are drawn here, apart from
those the ranker learns from.
"""

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.finding import read_questions, share
from benchmarks.measured import Measured, print_measured
from services.assistant.dialogue import Assistant, build_assistant, reply_to
from services.language.fold import fold

FILES = ("apart", "facts", "fresh", "held_out", "development")
DRAWS, SLIPS = 3, 1 / 6
Row = tuple[str, set[str], str]


def run(arguments: Sequence[str]) -> Measured:
    """Share found first, answered, and right of what was answered, each way."""
    here = Path(__file__).parent / "assistant"
    paths = [Path(name) for name in arguments] or [here / f"{name}.jsonl" for name in FILES]
    rows = [row for path in paths for row in read_questions(path) if fold(row[0]) != row[0].lower()]
    assistant = build_assistant()
    chance = random.Random(7)
    figures: dict[str, Any] = {
        "questions": len(rows),
        "as_typed": judge(assistant, rows, str),
        "without_accents": judge(assistant, rows, fold),
        "with_slips": judge(assistant, rows * DRAWS, lambda text: slip(text, chance)),
    }
    top1 = figures["as_typed"]["top1"]["share"]
    lost = {
        f"{name}_lost": round(top1 - figures[name]["top1"]["share"], 4) for name in ("without_accents", "with_slips")
    }
    return Measured("slips", figures | lost)


def judge(assistant: Assistant, rows: Sequence[Row], write: Callable[[str], str]) -> dict[str, Any]:
    """The figures of one way to type."""
    replies = [(reply_to([write(text)], assistant)[-1], gold) for text, gold, _ in rows]
    answered = [(reply, gold) for reply, gold in replies if reply.behaviour == "answer"]
    return {
        "top1": share([bool(gold & {*reply.ranked[:1]}) for reply, gold in replies]),
        "coverage": share([reply.behaviour == "answer" for reply, _ in replies]),
        "right": share([reply.codes[0] in gold for reply, gold in answered]),
    }


def slip(text: str, chance: random.Random) -> str:
    """A text with a slip in about six words."""
    return " ".join(_slip(word, chance) if len(word) > 2 and chance.random() < SLIPS else word for word in text.split())


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    kinds = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return chance.choice(kinds)


if __name__ == "__main__":
    print_measured(run)
