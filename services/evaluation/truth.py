"""Labelled dossiers: folders with the files and a `truth.json` that says what is in them (docs/evaluation.md)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.dossier.errors import Refused
from services.dossier.kinds import FIELDS_OF, PaperKind
from services.wording import sentence

TRUTH = "truth.json"


@dataclass(frozen=True, slots=True)
class TruePaper:
    """A paper of a file: its kind, its pages (from 1) and the values printed on it, normalised.

    `handwritten`: the values are filled in by hand, or in a typeface that looks so.
    """

    kind: PaperKind
    pages: frozenset[int]
    fields: Mapping[str, str]
    handwritten: bool = False


@dataclass(frozen=True, slots=True)
class TrueFile:
    """A file, the printed text of each page (empty where it is not labelled), its papers and what was done to it."""

    path: Path
    pages: tuple[str, ...]
    papers: tuple[TruePaper, ...]
    degradation: str


@dataclass(frozen=True, slots=True)
class TrueContradiction:
    """One fact on which papers differ: the field, the files and the values as labelled."""

    field: str
    files: frozenset[str]
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class TrueDossier:
    """A labelled dossier; `procedure` is empty where it is not labelled, `words` what the applicant said."""

    name: str
    procedure: str
    words: str
    files: tuple[TrueFile, ...]
    missing: tuple[PaperKind, ...]
    contradictions: tuple[TrueContradiction, ...]
    strays: frozenset[str]


def read_truths(folder: Path) -> list[TrueDossier]:
    """The labelled dossiers below a folder, in the order of their names.

    Raises:
        Refused: no `truth.json` there, or one that does not keep to the format.
    """
    found = sorted(folder.rglob(TRUTH))
    if not found:
        raise Refused(sentence("evaluation.no_truth", path=str(folder)))
    return [_read(path) for path in found]


def _read(path: Path) -> TrueDossier:
    try:
        told = json.loads(path.read_text("utf-8"))
        return TrueDossier(
            name=path.parent.name,
            procedure=told.get("procedure") or "",
            words=told.get("words", ""),
            files=tuple(_file(path.parent, entry) for entry in told["documents"]),
            missing=tuple(PaperKind(kind) for kind in told.get("missing", ())),
            contradictions=tuple(_contradiction(entry) for entry in told.get("contradictions", ())),
            strays=frozenset(told.get("strays", ())),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
        raise Refused(sentence("evaluation.bad_truth", file=str(path), reason=str(error))) from error


def _file(folder: Path, entry: Mapping[str, Any]) -> TrueFile:
    path = folder / entry["file"]
    if not path.is_file():
        raise ValueError(f"no file {entry['file']}")
    papers = tuple(_paper(paper, len(entry.get("pages", ()))) for paper in entry["papers"])
    return TrueFile(path, tuple(entry.get("pages", ())), papers, entry.get("degradation", ""))


def _paper(entry: Mapping[str, Any], pages: int) -> TruePaper:
    """A paper without `pages` is the whole file."""
    kind = PaperKind(entry["kind"])
    fields = {name: value for name, value in entry.get("fields", {}).items() if value}
    if FIELDS_OF[kind] and (unknown := fields.keys() - set(FIELDS_OF[kind])):
        raise ValueError(f"{kind.value}: {sorted(unknown)}")
    numbers = frozenset(entry.get("pages", range(1, pages + 1)))
    return TruePaper(kind, numbers, fields, bool(entry.get("handwritten", False)))


def _contradiction(entry: Mapping[str, Any]) -> TrueContradiction:
    values = entry.get("values", ())
    return TrueContradiction(
        entry["field"], frozenset(item["file"] for item in values), frozenset(item["value"] for item in values)
    )
