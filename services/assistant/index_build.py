"""Makes the index anew from the fact pack, the phrases and an embedder: the same input gives the same index."""

import gzip
import hashlib
import json
import re
from collections import Counter
from importlib.resources import files

import numpy as np

from services.assistant.embed import Embedder
from services.assistant.index import Index
from services.assistant.question import letters_of, read_question, terms_of
from services.assistant.sparse import Numbers, build_bm25, build_cosine
from services.assistant.traits import read_facts
from services.assistant.words import Phrase, load_book, load_phrases
from services.catalogue.national import NationalProcedure, load_national
from services.language.fold import fold, words_of

_DROPPED = re.compile(r"^(thủ tục|trình tự)[: ]+", re.IGNORECASE)
PAPERS, PAPER_WORDS = 15, 14
"""How much of the list of papers is read."""

ONLY_TOLD = frozenset({"spans", "stated"})
"""Facts of a row that answers tell and no procedure is found by."""

LONGEST_NAME = 60
"""Words of a name that are compared: what follows lists cases."""


def build_index(embedder: Embedder | None) -> Index:
    """The index of every procedure of the national catalogue."""
    national, phrases = load_national(), load_phrases()
    found = [procedure for code in national.codes if (procedure := national.find(code)) is not None]
    rows = {procedure.procedure.code: at for at, procedure in enumerate(found)}
    written = Counter(phrase.code for phrase in phrases)
    names = [short_name(procedure.procedure.name_vi) for procedure in found]
    words = [words_of(name)[:LONGEST_NAME] for name in names]
    folded = [[fold(word) for word in one] for one in words]
    asked = [matter_of(phrase) for phrase in phrases]
    sparse = {
        "names": build_bm25([terms_of(one) for one in folded]),
        "name_letters": build_cosine([letters_of(one) for one in folded]),
        "facts": build_bm25([facts_of(one) for one in found]),
        "accents": build_cosine([terms_of(one) for one in words]),
        "phrases": build_cosine([terms_of(one) for one in asked]),
        "phrase_letters": build_cosine([letters_of(one) for one in asked]),
    }
    return Index(
        tuple(rows),
        tuple(procedure.procedure.name_vi for procedure in found),
        np.stack([read_facts(one, written[one.procedure.code]) for one in found]),
        np.array([rows[phrase.code] for phrase in phrases], np.int32),
        sparse,
        _embed(embedder, [name[:300] for name in names]),
        _embed(embedder, [phrase.text for phrase in phrases]),
        fingerprint(),
    )


def short_name(name: str) -> str:
    """A name without what every name says."""
    return _DROPPED.sub("", name).strip()


def facts_of(found: NationalProcedure) -> list[str]:
    """The folded words of everything that is known of a procedure: field, office, result, papers."""
    procedure = found.procedure
    papers = [" ".join(paper.name.split()[:PAPER_WORDS]) for paper in procedure.papers[:PAPERS]]
    texts = (short_name(procedure.name_vi), procedure.field, procedure.handler, procedure.audience, procedure.result)
    return [fold(word) for word in words_of(" ".join([*texts, *papers]))]


def matter_of(phrase: Phrase) -> tuple[str, ...]:
    """The folded words of a phrase that say what it is about, as of a question."""
    return read_question(phrase.text).matter


def fingerprint() -> str:
    """Says whether the shipped index was made from the shipped words and facts."""
    summed = hashlib.sha256()
    packed = (files("services.catalogue") / "national.json.gz").read_bytes()
    for row in json.loads(gzip.decompress(packed)):
        summed.update(repr({key: value for key, value in row.items() if key not in ONLY_TOLD}).encode())
    for phrase in load_phrases():
        summed.update(f"{phrase.code}\t{phrase.text}\n".encode())
    for name in ("fillers.toml", "synonyms.toml", "english.toml", "traits.toml"):
        summed.update(repr(load_book(name)).encode())
    return summed.hexdigest()


def _embed(embedder: Embedder | None, texts: list[str]) -> Numbers:
    if embedder is None:
        return np.zeros((0, 0), np.float32)
    return np.concatenate([embedder.embed_passages(texts[at : at + 64]) for at in range(0, len(texts), 64)])
