"""Figures of the assistant: what counts as right, and how sure a share is."""

import pytest

from services.assistant.behaviour import Behaviour, Reply
from services.assistant.measure import interval, measure, normal_fact, read_item


def reply(text: str, behaviour: Behaviour = Behaviour.ANSWER, *codes: str) -> Reply:
    return Reply(text, behaviour, codes, ranked=codes)


def test_a_part_of_the_key_facts_is_wrong() -> None:
    row = {
        "id": "1",
        "behaviour": "answer",
        "gold_codes": ["1.1"],
        "key_facts": ["3 ngày làm việc", ["70.000", "70 nghìn"]],
    }
    whole = read_item(row, reply("Thời hạn 03 ngày làm việc; lệ phí 70,000 VND", Behaviour.ANSWER, "1.1"))
    part = read_item(row, reply("Thời hạn 3 ngày làm việc", Behaviour.ANSWER, "1.1"))
    other = read_item(row, reply("3 ngày làm việc, 70.000 đồng", Behaviour.ANSWER, "2.2"))
    assert [whole.right, part.right, other.right] == [True, False, False]


def test_figures_tell_silent_from_wrong() -> None:
    answerable = {"behaviour": "answer", "gold_codes": ["1.1"], "style": "typos", "aspect": "fee"}
    items = [
        read_item({"id": "a", **answerable}, reply("x", Behaviour.ANSWER, "1.1")),
        read_item({"id": "b", **answerable}, reply("x", Behaviour.ANSWER, "2.2")),
        read_item({"id": "c", **answerable}, reply("x", Behaviour.HANDOVER)),
        read_item({"id": "d", "behaviour": "out_of_scope"}, reply("x", Behaviour.OUT_OF_SCOPE)),
        read_item({"id": "e", "behaviour": "apologize"}, reply("x", Behaviour.ANSWER, "1.1")),
    ]
    figures = measure(items)
    assert figures["procedure_top1"] == {"value": 0.3333, "hits": 1, "of": 3, "interval": [0.0615, 0.7923]}
    assert figures["coverage"]["hits"] == 2  # type: ignore[index]
    assert figures["selective_accuracy"]["of"] == 3  # type: ignore[index]
    assert figures["confusion"]["out_of_scope"] == {"answer": 1, "out_of_scope": 1}  # type: ignore[index]
    assert figures["wrong"] == ["b", "e"]


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(0, 10, 0.0, 0.2775), (98, 100, 0.93, 0.9945), (0, 0, 0.0, 1.0)]
)
def test_intervals_are_wilsons(hits: int, of: int, low: float, high: float) -> None:
    assert list(interval(hits, of)) == pytest.approx([low, high], abs=1e-3)


def test_numbers_meet_however_they_are_written() -> None:
    assert normal_fact("07 ngày, 1.000.000 đồng") == "7 ngay 1000000 dong"
