"""A question finds its procedure, however it is typed."""

import pytest

from services.assistant.find import find_procedures
from services.assistant.index import load_index
from services.assistant.index_build import fingerprint

QUESTIONS = [
    ("Thủ tục đăng ký kết hôn lưu động", "1.000593"),
    ("thu tuc dang ky ket hon luu dong", "1.000593"),
    ("vợ em mới sinh cháu trai, làm giấy tờ gì ạ", "1.001193"),
    ("mat cccd lam lai o dau", "1.014064"),
    ("I lost my ID card", "1.014064"),
    ("tui muon mo quan pho thi xin giay to chi", "1.001612"),
    ("sang tên sổ đỏ từ bố sang con hết bao nhiêu tiền", "1.013831"),
    ("hàng xóm xây tường lấn sang đất nhà tôi", "1.012812"),
    ("bố tôi mới mất", "1.000656"),
]


@pytest.mark.parametrize(("question", "code"), QUESTIONS)
def test_a_question_finds_its_procedure(question: str, code: str) -> None:
    found = find_procedures(question)
    assert found[0].code == code
    assert found[0].reasons
    assert 0 <= found[-1].score <= found[0].score <= 1


def test_talk_so_far_lifts_a_code() -> None:
    plain = find_procedures("đăng ký kết hôn")
    lifted = find_procedures("đăng ký kết hôn", prior={"1.000593": 1.0})
    assert plain[0].code != "1.000593"
    assert lifted[0].code == "1.000593"


def test_a_clear_question_is_surer_than_no_question() -> None:
    clear = find_procedures("cấp lại thẻ căn cước bị mất")[0].confidence
    for stranger in ("xyzzy qqq", "hôm nay trời có mưa không", "giá vàng bao nhiêu"):
        found = find_procedures(stranger)
        assert not found or found[0].confidence < clear / 2


def test_nothing_is_found_for_no_words() -> None:
    assert find_procedures("???") == ()


def test_the_limit_holds() -> None:
    assert len(find_procedures("đăng ký", limit=3)) == 3


def test_the_shipped_index_was_made_from_the_shipped_words() -> None:
    assert load_index().made_from == fingerprint()
