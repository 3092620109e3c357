"""Which language a question is in: English words against everything else, which is Vietnamese with or without signs."""

from services.assistant.word_lists import read_words
from services.language.fold import fold, words_of
from services.wording import Language


def language_of(text: str, default: Language = Language.VI) -> Language:
    """English when at least two words and a third of all are English; `default` for a text that shows neither."""
    words = words_of(text)
    if not words:
        return default
    if fold(text) != text.lower():
        return Language.VI
    english = sum(word in read_words("english") for word in words)
    if english >= min(2, len(words)) and english * 3 >= len(words):
        return Language.EN
    return default if len(words) <= 1 else Language.VI
