"""Is a word spelt as a Vietnamese syllable can be? By structure: onset, rime, tone; no word list.

The rimes are those of standard orthography; a rime that ends in c, ch, p or t takes the tones sắc and nặng alone.
"""

import re
import unicodedata
from functools import lru_cache

_ONSETS = "ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p r s t v x"
_RIMES = """
a ai am an ang anh ao au ay ăm ăn ăng âm ân âng âu ây e em en eng eo ê êm ên êng ênh êu
i ia im in inh iu iêm iên iêng iêu o oa oai oam oan oang oanh oao oay oăm oăn oăng oe oen oeo oi om on ong oong
ô ôi ôm ôn ông ơ ơi ơm ơn u ua uân uâng uây ui um un ung uôi uôm uôn uông uy uya uyên uynh uyu uê uênh uơ
ư ưa ưi ưm ưn ưng ưu ươi ươm ươn ương ươu y yêm yên yêng yêu ynh
"""
_STOPPED = """
ac ach ap at ăc ăk ăp ăt âc âp ât ec ep et êch êp êt ich ip it iêc iêp iêt oac oach oap oat oăc oăt oc oet ooc op ot
ôc ôp ôt ơp ơt uât uc uôc uôt up ut uych uyêt uyt uêch ưc ưt ươc ươp ươt ych yêt yt
"""
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_STOP_TONES = ("\u0301", "\u0323")


def _pattern(rimes: str) -> re.Pattern[str]:
    longest_first = sorted(rimes.split(), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(_ONSETS.split())})?(?:{'|'.join(longest_first)})")


_OPEN, _CLOSED = _pattern(_RIMES), _pattern(_STOPPED)


@lru_cache(1 << 15)
def is_syllable(word: str) -> bool:
    """Whether a word, in any case and composition, can be a Vietnamese syllable; at most one tone."""
    parts = unicodedata.normalize("NFD", word.lower())
    plain = unicodedata.normalize("NFC", parts.translate(_TONES))
    marks = len(parts) - len(parts.translate(_TONES))
    if marks > 1:
        return False
    if _OPEN.fullmatch(plain):
        return True
    return bool(_CLOSED.fullmatch(plain)) and any(tone in parts for tone in _STOP_TONES)
