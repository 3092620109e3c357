"""Clues of procedures: what is learned of them, and what a dossier tells."""

import numpy as np

from services.catalogue.shipped import load_shipped
from services.classify.clues import CLUES, tell, weigh
from services.classify.learn_procedure import Case, learn_weights
from services.classify.name import name_papers
from services.classify.procedure import guess_procedure, probabilities, with_national
from tests.builders.pages import document_from

CT01 = """
        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
        TỜ KHAI ĐĂNG KÝ GIÁM HỘ
Kính gửi: Ủy ban nhân dân xã Ba Sơn
Họ, chữ đệm, tên người giám hộ: Nông Văn Thức
"""


def case(clue: str, answer: int) -> Case:
    clues = np.zeros((4, len(CLUES)))
    clues[answer, CLUES.index(clue)] = 1.0
    return Case(clues, answer)


def test_a_clue_that_always_names_the_procedure_weighs_more_than_one_that_never_does() -> None:
    misleading = [Case(case("there", 2).clues, 1) for _ in range(10)]
    weights = learn_weights([*(case("asked", answer) for answer in (0, 1, 2, 3)), *misleading])
    assert weights[CLUES.index("asked")] > 2
    assert weights[CLUES.index("there")] == 0
    assert (weights >= 0).all()


def test_probabilities_sum_to_one_and_follow_the_clues() -> None:
    shares = probabilities(case("asked", 3).clues, np.ones(len(CLUES)))
    assert np.isclose(shares.sum(), 1)
    assert shares.argmax() == 3


def test_a_form_of_no_known_kind_is_found_by_its_printed_title_among_all() -> None:
    documents = [document_from(CT01)]
    papers = name_papers(documents)
    everything = with_national(load_shipped())
    assert len(everything) > 2600
    guess = guess_procedure(papers, documents, everything)
    assert guess.alternatives[0][0] == "1.004837"
    told = tell(papers, documents, "")
    assert told.unnamed == ("TỜ KHAI ĐĂNG KÝ GIÁM HỘ",)
    assert weigh(told, everything).max() <= 1.0 + 1e-9


def test_one_word_of_a_citizen_finds_what_nobody_curated() -> None:
    everything = with_national(load_shipped())
    guess = guess_procedure((), (), everything, words="tôi làm mất sổ đỏ")
    assert guess.alternatives[0][0] == "1.012786"
