"""The papers of a dossier as a receipt lists them: by what they are, and by their file only where nobody knows yet."""

from collections.abc import Mapping, Sequence

from services.dossier.kinds import PaperKind
from services.dossier.naming import name_paper
from services.wording import Language, sentence

Place = tuple[int, int]
"""Number of a document, and a page of it (from 1)."""


def list_papers(
    documents: Mapping[int, str], papers: Sequence[tuple[str | None, Sequence[Place]]], language: Language,
    titles: Sequence[str] = (),
) -> tuple[str, ...]:  # fmt: skip
    """One line a kind of paper, in the order they lie in, with how many and how many pages; then what has no name.

    `documents` are file names by number; `papers` their kinds (None: not recognised) with their pages;
    `titles` what each has as its title, which names those of no known kind.
    """
    kinds: dict[tuple[str, str], list[Sequence[Place]]] = {}
    for (kind, places), title in zip(papers, titles or [""] * len(papers), strict=True):
        if kind is not None:
            kinds.setdefault((kind, title if kind == PaperKind.OTHER else ""), []).append(places)
    named = {place for some in kinds.values() for places in some for place in places}
    lines = [_line(name_paper(*key, language), some, language) for key, some in kinds.items()]
    return (*lines, *_unnamed(documents, papers, named, language))


def _line(name: str, some: Sequence[Sequence[Place]], language: Language) -> str:
    pages = len({place for places in some for place in places})
    said: dict[str, str | float] = {"name": name, "pages": pages}
    if len(some) == 1:
        return sentence("forms.paper_line", **said).say(language)
    return sentence("forms.paper_lines", count=len(some), **said).say(language)


def _unnamed(
    documents: Mapping[int, str], papers: Sequence[tuple[str | None, Sequence[Place]]], named: set[Place],
    language: Language,
) -> list[str]:  # fmt: skip
    lines = []
    for number, name in sorted(documents.items()):
        open_pages = sorted({page for _, places in papers for at, page in places if at == number} - _of(named, number))
        if not _of(named, number):
            lines.append(sentence("forms.paper_in_file", file=name).say(language))
        elif open_pages:
            pages = ", ".join(str(page) for page in open_pages)
            lines.append(sentence("forms.paper_on_pages", file=name, pages=pages).say(language))
    return lines


def _of(places: set[Place], number: int) -> set[int]:
    return {page for at, page in places if at == number}
