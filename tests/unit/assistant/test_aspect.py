"""What of a procedure is asked."""

from pathlib import Path

import pytest

from services.assistant.aspect import find_aspects
from services.assistant.behaviour import Aspect


@pytest.mark.parametrize(
    ("question", "aspects"),
    [
        ("Đăng ký khai sinh cần giấy tờ gì?", {Aspect.PAPERS}),
        ("dang ky ket hon mat bao lau", {Aspect.TIME}),
        ("làm căn cước hết bao nhiêu tiền", {Aspect.FEE}),
        ("nop ho so o dau, le phi bn", {Aspect.WHERE, Aspect.FEE}),
        ("How much does it cost and how long does it take?", {Aspect.FEE, Aspect.TIME}),
        ("căn cứ pháp lý là gì", {Aspect.LEGAL_BASIS}),
        ("có nộp online được không", {Aspect.ONLINE}),
        ("vợ tôi mới sinh", set()),
    ],
)
def test_a_question_asks_for(question: str, aspects: set[Aspect]) -> None:
    assert set(find_aspects(question)) == aspects


def test_words_of_the_procedure_itself_ask_for_nothing() -> None:
    name = "Cấp Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm"
    assert find_aspects("cấp giấy chứng nhận đủ điều kiện an toàn thực phẩm mất bao lâu", name) == (Aspect.TIME,)


def test_questions_never_seen_ask_for_what_they_ask() -> None:
    lines = (Path(__file__).parent / "held_out_aspects.tsv").read_text("utf-8").splitlines()
    wrong = []
    for wanted, question in (line.split("\t") for line in lines):
        asked = set() if wanted == "none" else set(wanted.split("+"))
        found = {aspect.value for aspect in find_aspects(question)}
        if not asked <= found or (not asked and found):
            wrong.append(question)
    assert len(wrong) <= 0.1 * len(lines), wrong
