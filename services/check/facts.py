"""What the papers of a dossier show of the facts that conditions of the catalogue ask for.

A fact that nothing shows is unknown and makes no paper missing. A few facts have an ordinary answer that holds until a
paper says otherwise: papers handed in are no interactive form, a child is born in a clinic and not abandoned.
"""

from collections.abc import Sequence

from services.catalogue.facts import Fact
from services.catalogue.ordinary import ORDINARY
from services.dossier.compare import fold
from services.dossier.kinds import PaperKind
from services.dossier.paper import ReadPaper

_AGENTS = ("duoc uy quyen", "nguoi dai dien theo uy quyen")
_AT_HOME = ("tai nha", "nha rieng")


def show_facts(papers: Sequence[ReadPaper]) -> dict[Fact, bool]:
    """The facts known from the papers and their fields."""
    known = dict(ORDINARY)
    kinds = {paper.paper.kind for paper in papers}
    said = {(paper.paper.kind, item.name): item.value for paper in papers for item in paper.fields}
    if PaperKind.POWER_OF_ATTORNEY in kinds or any(_has(said, "relationship", word) for word in _AGENTS):
        known[Fact.AGENT_SUBMITS] = True
    if any(_has(said, "place_of_birth", word) for word in _AT_HOME):
        known[Fact.BORN_AT_FACILITY] = False
    if any(name == "death_notice_number" for _, name in said) or PaperKind.DEATH_NOTICE in kinds:
        known[Fact.DEATH_NOTICE_EXISTS] = True
    if PaperKind.DISABILITY_CERTIFICATE in kinds:
        known[Fact.DISABLED] = True
    if _changes_owner(said, kinds):
        known[Fact.OWNER_CHANGES] = True
    countries = [value for (_, name), value in said.items() if name.endswith("nationality")]
    if countries:
        known[Fact.FOREIGN_PARTY] = any(fold(value) != "viet nam" for value in countries)
    return known


def _has(said: dict[tuple[PaperKind | None, str], str], ending: str, word: str) -> bool:
    return any(name.endswith(ending) and word in fold(value) for (_, name), value in said.items())


def _changes_owner(said: dict[tuple[PaperKind | None, str], str], kinds: set[PaperKind | None]) -> bool:
    words = ("chuyen nhuong", "tang cho", "thua ke")
    return PaperKind.LAND_TRANSFER_CONTRACT in kinds or any(_has(said, "change_content", word) for word in words)
