"""Procedures from papers and words against the shipped catalogue."""

from services.catalogue.shipped import load_shipped
from services.classify.name import name_papers
from services.classify.procedure import guess_procedure
from tests.builders.pages import document_from
from tests.builders.papers import BIRTH_DECLARATION, BIRTH_NOTICE, MARRIAGE_DECLARATION


def test_papers_of_a_birth_speak_for_birth_registration() -> None:
    documents = [document_from(BIRTH_DECLARATION), document_from(BIRTH_NOTICE, number=2)]
    guess = guess_procedure(name_papers(documents), documents, load_shipped())
    assert guess.code == "1.001193"
    assert len(guess.alternatives) == 3


def test_a_marriage_declaration_speaks_for_marriage_registration() -> None:
    documents = [document_from(MARRIAGE_DECLARATION)]
    guess = guess_procedure(name_papers(documents), documents, load_shipped())
    assert guess.alternatives[0][0] == "1.000894"


def test_words_alone_are_enough() -> None:
    guess = guess_procedure((), (), load_shipped(), words="tôi muốn làm giấy khai sinh cho con")
    assert "1.001193" in [code for code, _ in guess.alternatives]


def test_a_declared_procedure_stands() -> None:
    guess = guess_procedure((), (), load_shipped(), declared="1.000894")
    assert (guess.code, guess.confidence) == ("1.000894", 1.0)


def test_nothing_said_is_no_procedure() -> None:
    assert guess_procedure((), (), load_shipped()).code is None
