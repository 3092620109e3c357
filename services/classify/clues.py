"""What a dossier tells of its procedure: kinds of paper, titles, wishes, the applicant's words; as numbers a procedure.

The numbers are put together by weights that were learned (`procedure_weights.toml`), one a clue.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.catalogue.ordinary import ORDINARY
from services.catalogue.procedure import Procedure
from services.catalogue.rules import holds
from services.classify.printed_title import find_printed_title
from services.classify.procedure_index import ProcedureIndex, index_of
from services.dossier.compare import fold
from services.dossier.document import Document
from services.dossier.kinds import PaperKind
from services.dossier.paper import Paper

CLUES = (
    "asked", "there", "opens", "title_name", "title_paper", "wish_name", "wish_paper", "word_name", "word_paper",
    "curated",
)  # fmt: skip
# papers that lie in dossiers of nearly every procedure say little of which one it is
COMMON = frozenset({
    PaperKind.CITIZEN_ID_BACK, PaperKind.CITIZEN_ID_FRONT, PaperKind.OTHER, PaperKind.UNREADABLE, PaperKind.FEE_RECEIPT,
    PaperKind.OFFICIAL_LETTER, PaperKind.DECISION, PaperKind.HANDWRITTEN_LETTER, PaperKind.POWER_OF_ATTORNEY,
})  # fmt: skip
ASKING = frozenset({
    None, PaperKind.OTHER, PaperKind.FREE_FORM_PETITION, PaperKind.LAND_CHANGE_APPLICATION,
    PaperKind.HOUSEHOLD_BUSINESS_APPLICATION, PaperKind.BIRTH_REGISTRATION_DECLARATION,
    PaperKind.SOCIAL_ASSISTANCE_DECLARATION, PaperKind.CIVIL_STATUS_CHANGE_DECLARATION,
})  # fmt: skip
_ASKS = re.compile(
    r"\b(de nghi|xin|yeu cau|v v|ve viec|dang ky|noi dung|ly do|thay doi|cap doi|cap lai|chuyen nhuong|tang cho)\b"
)
_SAYS_NOTHING = re.compile(
    r"\b(kinh gui|cam doan|co quan|chiu trach nhiem|ho va ten|ho chu dem|nguoi yeu cau|so dinh danh|ten toi|toi ten|"
    r"sinh ngay|ngay sinh|cong hoa|doc lap|cam on|thuong tru|cu tru|dien thoai|can cuoc|ngay \d+|xem xet|noi o)\b"
)
FREE = frozenset({None, PaperKind.FREE_FORM_PETITION})  # written without a form: every line may be what is asked for
MOST_WISHES = 8


@dataclass(frozen=True, slots=True)
class Told:
    """What a dossier says: kinds, titles of its papers, lines that ask for something, the applicant's words.

    `unnamed` are the titles of papers of no known kind: they too want to be explained by a procedure.
    """

    kinds: frozenset[PaperKind]
    titles: tuple[str, ...]
    unnamed: tuple[str, ...]
    wishes: str
    words: str

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing to go by."""
        return not (self.kinds - COMMON or self.titles or self.wishes or self.words)


def tell(papers: Sequence[Paper], documents: Sequence[Document], words: str) -> Told:
    """What papers and words of a dossier say."""
    pages = {(page.document, page.number): page for document in documents for page in document.pages}
    titles, unnamed, wishes = [], [], []
    for paper in papers:
        first = pages.get((paper.pages[0].document, paper.pages[0].page))
        title = (first and find_printed_title(first)) or paper.title
        if title and (paper.kind not in COMMON or paper.kind is PaperKind.OTHER):
            titles.append(title)
            unnamed += [title] if paper.kind in {None, PaperKind.OTHER} else []
        if first and paper.kind in ASKING:
            free = paper.kind in FREE
            lines = [line.text for line in first.lines if line.text not in title]
            wishes += [text for text in lines if _tells(text) and (free or _ASKS.search(fold(text)))][:MOST_WISHES]
    kinds = frozenset(paper.kind for paper in papers if paper.kind is not None)
    return Told(kinds, tuple(titles), tuple(unnamed), " ".join(wishes), words)


def _tells(text: str) -> bool:
    return not _SAYS_NOTHING.search(fold(text))


def weigh(told: Told, procedures: Sequence[Procedure]) -> NDArray[np.float64]:
    """One row a procedure, one column a clue, each 0-1."""
    table = np.zeros((len(procedures), len(CLUES)))
    index = index_of(procedures)
    explained = _explained(told.unnamed, index, len(procedures))
    known = explained.sum(axis=1)
    telling = told.kinds - COMMON
    total = len(telling) + explained.shape[1]
    table[:, 0] = known / total if total else 0.0
    table[:, 9] = index.in_other_words
    for at in index.of_known_kinds if telling else ():
        table[at, :3] = _of_kinds(procedures[at], told.kinds, float(known[at]), total)
    for texts, column in ((told.titles, 3), ((told.wishes,), 5), ((told.words,), 7)):
        for text in filter(None, texts):
            near = index.near(text)
            for side, place in ((near.names, column), (near.papers, column + 1)):
                table[:, place] = np.maximum(table[:, place], side)
    return table


def _explained(titles: Sequence[str], index: ProcedureIndex, procedures: int) -> NDArray[np.float64]:
    """For every procedure how near each of these titles is to one of its papers or names."""
    table = np.zeros((procedures, len(titles)))
    for column, title in enumerate(titles):
        near = index.near(title)
        table[:, column] = np.maximum(near.names, near.papers)
    return table


def _of_kinds(
    procedure: Procedure, kinds: frozenset[PaperKind], explained: float, total: int
) -> tuple[float, float, float]:
    """How many of the telling papers it explains, how many of its own are there, whether its form is."""
    telling = kinds - COMMON
    asked = {kind for paper in procedure.papers for kind in paper.kinds}
    share = (len(asked & telling) + explained) / total
    if not telling & asked:
        return share, 0.0, 0.0
    needed = [set(p.kinds) for p in procedure.papers if p.kinds and not p.presented and holds(p.when, ORDINARY)]
    there = sum(bool(need & kinds) for need in needed) / len(needed) if needed else 0.0
    form = next((set(paper.kinds) for paper in procedure.papers if not paper.presented), set[PaperKind]())
    return share, there, float(bool(form & telling))
