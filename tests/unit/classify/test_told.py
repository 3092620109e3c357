"""A procedure once told stays when papers come that speak for another."""

from services.catalogue.shipped import load_shipped
from services.classify.model import shipped_model
from services.classify.stage import DossierToName, Named, name_dossier
from services.pipeline.route import Lane
from tests.builders.pages import document_from
from tests.builders.papers import BIRTH_DECLARATION, MARRIAGE_DECLARATION

BIRTH, MARRIAGE = "1.001193", "1.000894"


def named(text: str, told: str | None) -> Named:
    """A reading of one paper in a dossier that was named so before."""
    procedures = tuple(load_shipped())
    return name_dossier(
        DossierToName((document_from(text),), procedures, None, "", Lane.NORMAL, shipped_model(), (), told)
    )


def test_what_was_told_stays_and_the_guess_still_says_what_the_papers_speak_for() -> None:
    later = named(MARRIAGE_DECLARATION, BIRTH)
    assert later.procedure is not None
    assert later.procedure.code == BIRTH
    assert later.guess.alternatives[0][0] == MARRIAGE


def test_where_none_was_told_the_papers_name_it() -> None:
    first = named(BIRTH_DECLARATION, None)
    assert first.procedure is not None
    assert first.procedure.code == BIRTH


def test_a_procedure_that_is_out_of_the_catalogue_is_not_replaced() -> None:
    assert named(BIRTH_DECLARATION, "9.999999").procedure is None
