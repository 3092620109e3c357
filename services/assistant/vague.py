"""Whether a question names a topic and not what to do about it, so that several procedures fit it equally well."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from services.assistant.aspect import strip_aspects
from services.assistant.candidate import Candidate
from services.assistant.index import load_index
from services.assistant.question import Question, read_question
from services.assistant.word_lists import read_words
from services.language.fold import fold, words_of

FEWEST = 3
"""So many procedures, the first included, must hold all of a topic's words for it to be too wide."""

LOOKED_AT = 8

CLEAR = 0.55
"""The share of one candidate that leaves no other one for a short topic."""

WIDE = 30
"""So many names of the catalogue that hold every word of the matter (`giấy xác nhận`, `đổi tên`) leave it open."""

BARE, BARE_ENGLISH = 2, 1
"""Words of a topic that says nothing of what is wanted: `kết hôn`, `trợ cấp`; `marriage`."""


def find_siblings(question: str, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates that a bare topic fits, best first; empty when the question says enough.

    A question that names what to do (`cấp lại`, `đăng ký`) has said enough; so has one whose words the first name does
    not hold: it was found by how people put it. A topic of one or two words never says enough.
    """
    if len(found) < 2:  # noqa: PLR2004 - nothing to choose from
        return ()
    if is_bare(question):
        return tuple(found[:LOOKED_AT])
    read = read_question(question)
    said = frozenset(read.accented) - read_words("naming")
    if not said or _acts(read) or (len(said) == len(_core(found[0].name)) and not _acts_of(words_of(found[0].name))):
        return ()
    cores = [_core(candidate.name) for candidate in found[:LOOKED_AT]]
    if not said <= cores[0]:
        return ()
    fitting = tuple(candidate for candidate, core in zip(found, cores, strict=False) if said <= core)
    return fitting if len(fitting) >= FEWEST else ()


def is_bare(question: str) -> bool:
    """A topic of one or two words, asked for at most (`xin trợ cấp`), and nothing else."""
    read = read_question(question)
    acts = _acts(read)
    topic = [word for word in read.accented if word not in acts]
    if topic and all(word in read_words("papers") for word in topic):
        return True
    return acts <= read_words("wishes") and 0 < len(topic) <= (BARE_ENGLISH if read.english else BARE)


def is_clear(question: str, first: Candidate) -> bool:
    """A short topic of which something is asked, and one candidate far before all others: `lệ phí kết hôn`.

    Sureness does not see what is asked, and takes so short a topic for a bare one.
    """
    read = read_question(question)
    acts, topical = _acts(read), frozenset(strip_aspects(" ".join(read.words)).split())
    topic = [word for word in read.accented if word not in acts and fold(word) in topical]
    return len(topic) <= BARE and first.score >= CLEAR


def is_wide(question: str) -> bool:
    """Words that so many names hold that none of them can be meant above the others, whatever is asked of it.

    What only says that some paper is wanted does not count: `làm giấy tờ đất`, `có việc liên quan đến xây dựng`.
    """
    read = read_question(question)
    said = frozenset(read.accented) - read_words("wanting")
    return bool(read.accented) and not read.english and sum(said <= name for name in _names()) >= WIDE


def is_elsewhere(question: str, name: str) -> bool:
    """What another administration decides (`karaoke`, `nhà thuốc`) and the procedure of this name does not say."""
    asked, said = (f" {' '.join(map(fold, words_of(text)))} " for text in (question, name))
    matters = (matter.replace("_", " ") for matter in read_words("elsewhere"))
    return any(f" {matter} " in asked and f" {matter} " not in said for matter in matters)


@cache
def _names() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(words_of(name)) for name in load_index().names)


def _acts(read: Question) -> frozenset[str]:
    return _acts_of(read.accented)


def _acts_of(words: Sequence[str]) -> frozenset[str]:
    """The words that say what to do; in `trợ cấp` and `hợp tác` none does."""
    compounds = read_words("compounds")
    bound = {word for pair in pairwise(words) if "_".join(pair) in compounds for word in pair}
    return frozenset(words) & read_words("actions") - bound


def _core(name: str) -> frozenset[str]:
    return frozenset(words_of(name)) - read_words("naming")
