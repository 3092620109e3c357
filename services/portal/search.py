"""Procedures for a citizen's words, with or without diacritics."""

from collections.abc import Sequence

from services.catalogue.procedure import Procedure
from services.dossier.compare import fold

LEAST_SHARE = 0.5


def matching(words: str, procedures: Sequence[Procedure]) -> list[Procedure]:
    """Those whose name or synonyms hold at least half of the words, those that hold most of them first."""
    asked = set(fold(words).split())
    scored = [(_share(asked, procedure), procedure) for procedure in procedures]
    found = [(share, procedure) for share, procedure in scored if share >= LEAST_SHARE]
    return [procedure for _, procedure in sorted(found, key=lambda pair: (-pair[0], len(pair[1].name_vi)))]


def _share(asked: set[str], procedure: Procedure) -> float:
    known = fold(" ".join((procedure.code, procedure.name_vi, procedure.name_en, *procedure.synonyms))).split()
    return len(asked & set(known)) / len(asked) if asked else 0.0
