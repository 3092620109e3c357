"""A question finds its procedure."""

from services.assistant.find import find_procedures


def test_a_name_finds_its_procedure() -> None:
    assert find_procedures("Thủ tục đăng ký kết hôn lưu động")[0].code == "1.000593"


def test_diacritics_are_not_needed() -> None:
    assert find_procedures("thu tuc dang ky ket hon luu dong")[0].code == "1.000593"


def test_talk_so_far_lifts_a_code() -> None:
    plain = {found.code: found.score for found in find_procedures("đăng ký kết hôn")}
    lifted = find_procedures("đăng ký kết hôn", prior={"1.000593": 100.0})
    assert lifted[0].code == "1.000593"
    assert lifted[0].score > plain["1.000593"]


def test_nothing_is_found_for_no_words() -> None:
    assert find_procedures("???") == ()
    assert find_procedures("xyzzy qqq") == ()


def test_the_limit_holds() -> None:
    assert len(find_procedures("đăng ký", limit=3)) == 3
