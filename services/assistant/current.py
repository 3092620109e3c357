"""The catalogue as it is now: what ships, under what the database holds; searched and answered from alike.

The embedding of a name is computed once, by whoever meets it first, and kept in the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from services.assistant.dialogue import Assistant
from services.assistant.embed import load_embedder
from services.assistant.find import Search, forget_ranks
from services.assistant.index import load_index
from services.assistant.index_build import short_name
from services.assistant.index_extend import extend_index
from services.assistant.sparse import Numbers
from services.catalogue.national import Current, load_national
from services.catalogue.procedure import Procedure
from services.storage.database import Connection
from services.storage.procedure_texts import load_vectors, store_vectors
from services.storage.procedures import cached_procedures, codes_gone

LONGEST = 300
"""Characters of a name that are embedded."""

BATCH = 32


@dataclass(slots=True)
class Kept:
    """What was last made, and of what."""

    stored: object = None
    assistant: Assistant | None = None


_kept = Kept()


def current_assistant(connection: Connection, shipped: Assistant, on: date) -> Assistant:
    """The assistant over today's catalogue; made anew only when the catalogue changed or the day did."""
    stored = cached_procedures(connection, on)
    # the same tuple as long as nothing changed; an equal assistant would have been asked with other bounds
    if _kept.stored is not stored or _kept.assistant is None or _kept.assistant.bounds != shipped.bounds:
        forget_ranks()
        _kept.assistant = build_current(connection, shipped, stored, codes_gone(connection, on))
        _kept.stored = stored
    return _kept.assistant


def build_current(
    connection: Connection, shipped: Assistant, stored: Sequence[Procedure], gone: frozenset[str]
) -> Assistant:
    """The assistant over what ships, changed by what is stored."""
    national = load_national()
    changed = [one for one in stored if (known := national.find(one.code)) is None or known.procedure != one]
    if not changed and not gone:
        return shipped
    catalogue = Current(national, changed, gone)
    found = [one for procedure in changed if (one := catalogue.find(procedure.code)) is not None]
    vectors = embed_names(connection, changed)
    return replace(shipped, catalogue=catalogue, find=Search(extend_index(load_index(), found, vectors), gone))


def embed_names(connection: Connection, procedures: Sequence[Procedure]) -> dict[str, Numbers]:
    """The embedding of each name, by code: read where it is kept, else computed and kept; none without an embedder."""
    embedder = load_embedder()
    if embedder is None:
        return {}
    texts = {one.code: short_name(one.name_vi)[:LONGEST] for one in procedures}
    known = load_vectors(connection, texts)
    missing = [code for code in texts if code not in known]
    for at in range(0, len(missing), BATCH):
        codes = missing[at : at + BATCH]
        made = embedder.embed_passages([texts[code] for code in codes])
        store_vectors(connection, {code: (texts[code], made[row].tolist()) for row, code in enumerate(codes)})
        known |= {code: made[row].tolist() for row, code in enumerate(codes)}
    return {code: np.array(vector, np.float32) for code, vector in known.items()}
