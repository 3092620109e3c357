"""A talk turn by turn, over the real catalogue with a search that finds what the test says."""

from collections.abc import Mapping

import pytest

from services.assistant.behaviour import Aspect, Behaviour
from services.assistant.candidate import Candidate
from services.assistant.dialogue import Assistant, Bounds, build_assistant, reply_to
from services.catalogue.national import load_national

BIRTH, MARRIAGE, DEATH, LOST_LAND = "1.001193", "1.000894", "1.000656", "1.012786"
WORDS = {"khai sinh": BIRTH, "kết hôn": MARRIAGE, "khai tử": DEATH}


def find_by_word(question: str, *, prior: Mapping[str, float] | None = None, limit: int = 10) -> tuple[Candidate, ...]:
    """The procedures whose word stands in the question, sure when it is one."""
    del prior
    codes = [code for word, code in WORDS.items() if word in question]
    names = {code: found.procedure.name_vi for code in codes if (found := load_national().find(code))}
    return tuple(Candidate(code, names[code], 1.0, 0.9 / len(codes) - 0.1 * (len(codes) > 1)) for code in codes)[:limit]


@pytest.fixture
def assistant() -> Assistant:
    return Assistant(load_national(), find_by_word, Bounds(answer=0.5, clarify=0.2, rival=0.5))


@pytest.fixture(scope="module")
def real() -> Assistant:
    """With the search that ships."""
    return build_assistant()


def test_a_follow_up_stays_with_the_procedure_and_asks_anew(assistant: Assistant) -> None:
    first, second = reply_to(["đăng ký khai sinh cần giấy tờ gì", "thế mất bao lâu"], assistant)
    assert first.codes == second.codes == (BIRTH,)
    assert (first.aspects, second.aspects) == ((Aspect.PAPERS,), (Aspect.TIME,))
    assert "3 ngày làm việc" in second.text


def test_a_new_topic_takes_the_question_along_but_not_the_fee(assistant: Assistant) -> None:
    _, second = reply_to(["lệ phí đăng ký kết hôn", "thế còn khai sinh thì sao"], assistant)
    assert second.codes == (BIRTH,)
    assert second.aspects == (Aspect.FEE,)
    assert "mỗi bản sao trích lục, nếu yêu cầu" not in second.text


@pytest.mark.parametrize("asked", ["Tôi bị mất sổ đỏ thì làm thế nào?", "mat so do", "mất sổ hồng phải làm gì"])
def test_a_thing_that_folds_to_filling_words_is_still_a_thing(real: Assistant, asked: str) -> None:
    alone, after = reply_to([asked], real)[0], reply_to(["lệ phí đăng ký kết hôn", asked], real)[1]
    assert alone.codes == after.codes == (LOST_LAND,)


def test_a_correction_changes_the_topic(assistant: Assistant) -> None:
    _, second = reply_to(["đăng ký khai sinh cần gì", "không, ý tôi là khai tử"], assistant)
    assert second.codes == (DEATH,)


@pytest.mark.parametrize("choice", ["cái thứ hai", "2", "kết hôn", "ket hon a"])
def test_the_answer_to_a_clarifying_question_resolves_it(assistant: Assistant, choice: str) -> None:
    first, second = reply_to(["khai sinh kết hôn lệ phí bao nhiêu", choice], assistant)
    assert first.behaviour is Behaviour.CLARIFY
    assert first.codes == (BIRTH, MARRIAGE)
    assert second.behaviour is Behaviour.ANSWER
    assert second.codes == (MARRIAGE,)
    assert second.aspects == (Aspect.FEE,)


def test_what_is_not_known_is_handed_over(assistant: Assistant) -> None:
    assert reply_to(["đăng ký nuôi cá sấu cần giấy phép gì"], assistant)[0].behaviour is Behaviour.HANDOVER


def test_a_question_without_a_topic_is_asked_back(assistant: Assistant) -> None:
    first, second = reply_to(["lệ phí bao nhiêu", "đăng ký kết hôn"], assistant)
    assert first.behaviour is Behaviour.CLARIFY
    assert second.codes == (MARRIAGE,)
    assert second.aspects == (Aspect.FEE,)


def test_every_answer_says_where_it_comes_from_and_that_it_is_a_machine(assistant: Assistant) -> None:
    (reply,) = reply_to(["khai sinh"], assistant)
    assert "Máy trả lời tự động" in reply.text
    assert BIRTH in reply.text
    assert {citation.code for citation in reply.citations} == {BIRTH}
    assert all(citation.data_date for citation in reply.citations)


def test_english_is_answered_in_english(assistant: Assistant) -> None:
    (reply,) = reply_to(["How much is the fee for kết hôn"], assistant)
    assert reply.text.startswith("Thủ tục đăng ký kết hôn")
    (reply,) = reply_to(["hello"], assistant)
    assert reply.behaviour in {Behaviour.CLARIFY, Behaviour.HANDOVER}


def test_a_turn_that_only_says_what_to_do_goes_on_with_the_thing(real: Assistant) -> None:
    first, second = reply_to(["tôi bị mất thẻ căn cước", "cấp lại có mất phí không"], real)
    assert first.codes == second.codes == ("1.014064",)
    assert second.aspects == (Aspect.FEE,)
    assert reply_to(["thẻ căn cước của tôi hết hạn", "đổi mất bao lâu"], real)[1].codes == ("1.014063",)
    assert reply_to(["cấp lại có mất phí không"], real)[0].behaviour is Behaviour.CLARIFY


@pytest.mark.parametrize("topic", ["tạm trú", "tam tru", "trợ cấp", "đất đai", "marriage"])
def test_a_bare_topic_is_asked_back(real: Assistant, topic: str) -> None:
    (reply,) = reply_to([topic], real)
    assert reply.behaviour is Behaviour.CLARIFY
    assert len(reply.codes) > 1


def test_a_topic_asked_back_takes_what_is_asked_of_it(real: Assistant) -> None:
    second = reply_to(["tạm trú", "đăng ký lệ phí bao nhiêu"], real)[1]
    assert (second.codes, second.aspects) == (("1.004194",), (Aspect.FEE,))


@pytest.mark.parametrize("name", ["đăng ký kết hôn", "chứng thực di chúc", "mất căn cước", "lệ phí kết hôn"])
def test_what_says_enough_is_answered(real: Assistant, name: str) -> None:
    assert reply_to([name], real)[0].behaviour is Behaviour.ANSWER


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("đổi căn cước hết bao nhiêu, còn làm hộ chiếu thì bao nhiêu", ("1.014063", "1.001456")),
        ("Làm lý lịch tư pháp mất mấy ngày? Và xin xác nhận cư trú thì sao?", ("3.000333", "1.010041")),
        ("passport fee and driving licence renewal fee", ("1.001456", "3.000347")),
    ],
)
def test_two_things_asked_at_once_are_both_answered(real: Assistant, asked: str, codes: tuple[str, ...]) -> None:
    (reply,) = reply_to([asked], real)
    assert reply.behaviour is Behaviour.ANSWER
    assert reply.codes == codes
    first, second = reply.text.split("\n\n")
    assert codes[0] in first
    assert codes[1] not in first
    assert codes[1] in second


@pytest.mark.parametrize(
    "asked",
    [
        "Bố tôi là cựu chiến binh vừa mất, xin tiền mai táng",
        "xác định mức độ khuyết tật và cấp giấy xác nhận khuyết tật cần gì",
        "I am British and want to marry my Vietnamese girlfriend here",
    ],
)
def test_a_story_and_its_question_are_one(real: Assistant, asked: str) -> None:
    assert len(reply_to([asked], real)[0].codes) == 1


def test_what_is_mostly_asked_next_is_told_briefly_after_what_was_asked(real: Assistant) -> None:
    (reply,) = reply_to(["đăng ký khai sinh mất bao lâu"], real)
    lines = reply.text.splitlines()
    assert lines[1].startswith("Thời hạn giải quyết:")
    assert lines[2] == "Ngoài ra:"
    assert "Giấy chứng sinh" in reply.text
    assert reply.aspects == (Aspect.TIME,)
    assert {citation.section for citation in reply.citations} >= {Aspect.TIME, Aspect.FEE, Aspect.PAPERS}


@pytest.mark.parametrize(
    "asked",
    ["làm khai sinh muộn có bị phạt không", "khong dang ky tam tru co sao khong", "khai sinh trễ phạt bao nhiêu"],
)
def test_penalties_are_not_guessed(real: Assistant, asked: str) -> None:
    (reply,) = reply_to([asked], real)
    assert reply.aspects[0] is Aspect.PENALTY
    assert reply.text.splitlines()[1].startswith("Mức phạt")
    assert "tôi không đoán" in reply.text


@pytest.mark.parametrize(
    "wide", ["tôi muốn làm giấy tờ đất", "nhà em có việc liên quan đến xây dựng", "xin giấy xác nhận"]
)
def test_where_only_some_paper_is_wanted_it_asks_back(real: Assistant, wide: str) -> None:
    reply = reply_to([wide], real)[0]
    assert reply.behaviour is Behaviour.CLARIFY
    assert len(reply.codes) > 1


@pytest.mark.parametrize(
    "asked", ["xin giấy phép bán lẻ rượu", "mở nhà thuốc tây cần gì", "licence to open a pharmacy"]
)
def test_what_another_administration_licenses_is_never_answered_with_a_neighbour(real: Assistant, asked: str) -> None:
    assert reply_to([asked], real)[0].behaviour is not Behaviour.ANSWER


def test_a_licence_with_a_topic_is_not_too_wide(real: Assistant) -> None:
    assert reply_to(["xin giấy phép xây dựng nhà ở riêng lẻ cần giấy gì"], real)[0].codes[0] == "1.013225"
