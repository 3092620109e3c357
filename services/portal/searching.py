"""The search of the portal: what the assistant finds, over the catalogue as it is now, without its long tail."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from services.assistant.candidate import Candidate
from services.assistant.dialogue import Finder
from services.catalogue.procedure import Procedure

SHOWN = 20
WEIGHT = 0.002
"""What weighs less beside the first is no answer to these words (measured: `motcua bench portal_search`)."""
FEW, UNSURE = 5, 10
"""So many are shown whatever they weigh, for the first may be wrong; at most so many where it likely is."""
GROUNDLESS, NO_CHANCE, LEADS = 0.1, 0.02, 0.4
"""Below the first share the words are likely about nothing the catalogue knows, unless they are a short topic: then the
first has much of the weight (`LEADS`), and some chance. The page says so, and folds what is nearest."""
SURE = 0.5
"""Below this share of first ones that are right, the page says that it is not sure."""
CODE = re.compile(r"\d\.\d{6}(\.\S+)?")


@dataclass(frozen=True, slots=True)
class Found:
    """Procedures, best first; `sure`: the first is likely what was meant; `grounded`: the words speak of any at all."""

    procedures: tuple[Procedure, ...] = ()
    sure: bool = True
    grounded: bool = True


def search_procedures(words: str, find: Finder, look_up: Callable[[str], Procedure | None]) -> Found:
    """Procedures for a citizen's words, with or without diacritics, or for a code."""
    code = words.strip()
    if CODE.fullmatch(code) and (named := look_up(code)):
        return Found((named,))
    candidates = find(words, limit=SHOWN)
    if not candidates:
        return Found(grounded=False)
    sure = candidates[0].confidence >= SURE
    least = candidates[0].score * WEIGHT
    among = candidates if sure else candidates[:UNSURE]
    kept = [one for at, one in enumerate(among) if at < FEW or one.score >= least]
    found = tuple(procedure for one in kept if (procedure := look_up(one.code)))
    return Found(found, sure, grounded=_is_grounded(candidates[0]))


def _is_grounded(first: Candidate) -> bool:
    return first.confidence >= (NO_CHANCE if first.score >= LEADS else GROUNDLESS)
