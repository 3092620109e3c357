"""The first turn of a talk: papers named by filling words, a status without accents, complaints that are procedures."""

import time

import pytest

from services.assistant.behaviour import Behaviour
from services.assistant.dialogue import build_assistant, reply_to


@pytest.mark.parametrize("text", ["sổ đỏ bị mất, cấp lại bao lâu", "lam mat so do thi xin cap lai o dau"])
def test_filling_words_that_name_a_paper_are_a_topic(text: str) -> None:
    """`so do` is made of words that mean nothing in English and in folded Vietnamese."""
    reply, _ = build_assistant().reply(text)
    assert (reply.behaviour, reply.codes) == (Behaviour.ANSWER, ("1.012786",))


@pytest.mark.parametrize(
    ("text", "behaviour"),
    [
        ("ho so cua toi den dau roi", Behaviour.STATUS_LOOKUP),
        ("gia vang hom nay bao nhieu 1 chi", Behaviour.OUT_OF_SCOPE),
        ("bọn em muốn cưới nhau, đi đăng ký kết hôn mấy bữa thì được giấy hả anh", Behaviour.ANSWER),
        ("Tôi muốn tố cáo một cán bộ công an xã", Behaviour.ANSWER),
        ("cán bộ bắt em mua bảo hiểm mới cho làm giấy", Behaviour.HANDOVER),
    ],
)
def test_the_route_of_a_first_turn(text: str, behaviour: Behaviour) -> None:
    """Words without a topic are routed before a topic is asked for; what the catalogue knows well is not refused."""
    assert build_assistant().reply(text)[0].behaviour is behaviour


@pytest.mark.parametrize(
    ("turns", "code", "held"),
    [
        (("sổ đỏ nhà tôi bị kẻ gian lấy mất", "Xin cấp lại thì bao lâu?"), "1.012786", "Thời hạn"),
        (("muốn rút bảo hiểm xã hội một lần", "bao nhiêu ngày thì họ giải quyết ạ"), "1.001613", "Thời hạn"),
        (("tôi cần bản sao trích lục khai sinh", "giá một bản?"), "2.000635", "Phí"),
        (("bà em mất ở nhà, khai tử thế nào ạ", "làm xong thì được giấy gì"), "1.000656", "Trích lục"),
        (("nhập hộ khẩu cần giấy gì", "à nhầm, ý em là đăng ký tạm trú thôi, lệ phí bao nhiêu?"), "1.004194", "Phí"),
    ],
)
def test_a_second_turn_goes_on_with_the_topic(turns: tuple[str, ...], code: str, held: str) -> None:
    """Words that name nothing new ask about what the talk is about; a correction is no cancelling."""
    last = reply_to(turns, build_assistant())[-1]
    assert (last.behaviour, last.codes) == (Behaviour.ANSWER, (code,))
    assert held in last.text


@pytest.mark.parametrize("text", ["giấy phép lái xe", "đổi sổ"])
def test_a_bare_paper_is_asked_back(text: str) -> None:
    """Several procedures are about it."""
    assert build_assistant().reply(text)[0].behaviour is Behaviour.CLARIFY


@pytest.mark.parametrize("text", ["gia hạn giấy phép", "dang ky hoat dong"])
def test_words_that_very_many_names_hold_are_asked_back(text: str) -> None:
    """No licence can be meant above the others, yet the matter is one of the office's: it is not handed over."""
    assert build_assistant().reply(text)[0].behaviour is Behaviour.CLARIFY


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("đăng ký kết hôn mất mấy ngày", "1.000894"),
        ("dang ky ket hon mat may ngay", "1.000894"),
        ("làm hộ chiếu mất mấy tuần", "1.001456"),
        ("mất căn cước, làm lại mất mấy ngày", "1.014064"),
    ],
)
def test_days_it_takes_are_no_loss(text: str, code: str) -> None:
    """`mất mấy ngày` takes days and loses nothing; `đăng ký kết hôn` has siblings, and one that everybody means."""
    assert build_assistant().reply(text)[0].codes == (code,)


@pytest.mark.parametrize("text", ["", "a" * 100_000, "😀" * 300, "đăngký" * 5000, "\x00\x01", "?" * 500])
def test_what_is_no_question_costs_little(text: str) -> None:
    """Length buys no time of the processor, and nothing is answered."""
    assistant = build_assistant()
    assistant.reply("khởi động")
    began = time.process_time()
    assert assistant.reply(text)[0].behaviour is not Behaviour.ANSWER
    assert time.process_time() - began < 1
