"""The first turn of a talk: papers named by filling words, a status without accents, complaints that are procedures."""

import pytest

from services.assistant.behaviour import Behaviour
from services.assistant.dialogue import build_assistant


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
