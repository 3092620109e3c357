"""A question is parted into what it is about and what stands around it."""

from services.assistant.question import is_english, letters_of, read_question, terms_of


def test_the_matter_is_what_is_left_without_politeness_and_aspects() -> None:
    read = read_question("Cho em hỏi mất căn cước thì làm lại ở đâu, hết bao nhiêu tiền ạ?")
    assert read.accented == ("mất", "căn", "cước", "làm", "lại")
    assert not read.english


def test_the_catalogue_s_words_are_added() -> None:
    assert "thuong" in read_question("cắt hộ khẩu").added
    assert "hon" in read_question("how to get married").added


def test_english_is_told_by_its_words() -> None:
    assert is_english(["how", "do", "i", "renew", "my", "driving", "licence"])
    assert not is_english(["can", "cuoc", "cong", "dan"])
    assert not is_english([])


def test_a_question_of_fillers_only_keeps_them() -> None:
    assert read_question("thế nào ạ").matter


def test_terms_and_letters() -> None:
    assert terms_of(["a", "b"]) == ["a", "b", "a b"]
    assert letters_of(["ab"]) == [" ab", "ab "]


def test_a_long_question_is_cut() -> None:
    assert len(read_question("khai sinh " * 500).words) <= 60
