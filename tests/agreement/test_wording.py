"""Every sentence exists in both languages with the same gaps, and every one that code asks for exists."""

import re
import tomllib
from string import Formatter

import pytest

from services.wording import Language, all_ids
from tests.agreement.tree import ROOT, python_files, read

AREAS = sorted((ROOT / "services/wording").glob("*.toml"))
ASKED = re.compile(r"""\bsentence\(\s*f?["']([^"']*)["']""")


def gaps(text: str) -> set[str]:
    """The gaps of a sentence; `day_vi` and `day_en` are one gap, filled with words of each language."""
    return {re.sub("_(vi|en)$", "", name) for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.stem)
def test_both_languages_say_the_same(area: object) -> None:
    for name, texts in tomllib.loads(read(str(area))).items():
        assert set(texts) == set(Language), f"[{name}] needs vi and en, and nothing else"
        assert all(text.strip() for text in texts.values()), f"[{name}] is empty in one language"
        assert gaps(texts["vi"]) == gaps(texts["en"]), f"[{name}] has other gaps in Vietnamese than in English"
        assert all(gap.isidentifier() for gap in gaps(texts["vi"])), f"[{name}] has a gap without a name"


def asked_for() -> list[tuple[str, str]]:
    return [(str(path), id_) for path in python_files("services") for id_ in ASKED.findall(read(path))]


def test_every_sentence_that_code_asks_for_exists() -> None:
    missing = [f"{path}: {id_}" for path, id_ in asked_for() if "{" not in id_ and id_ not in all_ids()]
    assert not missing, f"write them into services/wording/<area>.toml: {missing}"


def test_every_sentence_built_from_parts_has_at_least_one_that_fits() -> None:
    for path, id_ in asked_for():
        if "{" in id_:
            pattern = re.compile(
                "".join(".+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{[^}]*\})", id_))
            )
            assert any(pattern.fullmatch(known) for known in all_ids()), f"{path}: nothing fits {id_}"


def test_sentences_are_asked_for_at_all() -> None:
    assert len(asked_for()) > 10, "the search for sentence(…) finds too few: has the call changed its name?"


OTHER_WORDS = re.compile(r"mã bí mật|follow-up key|secret code|mã và khóa|receipt's key", re.IGNORECASE)
"""What "mã tra cứu", in English "receipt key", was called too."""


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.stem)
def test_what_opens_a_dossier_has_one_name(area: object) -> None:
    assert not OTHER_WORDS.findall(read(str(area))), "say mã tra cứu, receipt key (the glossary of README.md)"


@pytest.mark.parametrize("path", ["README.md", "docs/api.md", "services/api/models.py", "services/assistant/status.py"])
def test_documents_call_it_the_same(path: str) -> None:
    assert not OTHER_WORDS.findall(read(path))
