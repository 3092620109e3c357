"""What a procedure asks for in this case and the dossier does not hold: the full list at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.catalogue.facts import Fact
from services.catalogue.procedure import Procedure, RequiredPaper
from services.catalogue.rules import holds
from services.check.facts import show_facts
from services.dossier.kinds import PaperKind
from services.dossier.paper import ReadPaper
from services.wording import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Missing:
    """A required paper that is not there: the kinds that would do, its name in the list of papers,
    and why it is asked."""

    kinds: tuple[PaperKind, ...]
    name: str
    why: Sentence


def missing_papers(procedure: Procedure | None, papers: Sequence[ReadPaper]) -> tuple[Missing, ...]:
    """The full list of what the procedure asks for in this case and the dossier does not hold.

    Papers only shown at the counter, papers of kinds the machine does not know,
    and papers asked only in a case that the
    dossier does not show are not missing.
    """
    if procedure is None:
        return ()
    have = {paper.paper.kind for paper in papers}
    if have & {PaperKind.CITIZEN_ID_FRONT, PaperKind.CITIZEN_ID_BACK}:
        have |= {PaperKind.CITIZEN_ID_FRONT, PaperKind.CITIZEN_ID_BACK}
    known = show_facts(papers)
    return tuple(
        Missing(required.kinds, required.name, _why(required))
        for required in procedure.papers
        if _is_asked(required, known) and not set(required.kinds) & have
    )


def _is_asked(required: RequiredPaper, known: Mapping[Fact, bool]) -> bool:
    return bool(required.kinds) and not required.presented and holds(required.when, known) is True


def _why(required: RequiredPaper) -> Sentence:
    reason = "check.reason_always" if required.when is None else "check.reason_when"
    return sentence(reason, name=required.name)
