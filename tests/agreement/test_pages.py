"""Every sentence that a page asks for exists, and every sentence of the pages is asked for."""

import re

import pytest

from services.catalogue.national import Channel
from services.wording import all_ids
from tests.agreement.tree import read, tracked_files

# how templates ask for a sentence of an area: `t('…')`, `a('…')`
SPEAKERS = {"portal": "t", "admin": "a"}
NAMED = re.compile(r"""["']([a-z][a-z0-9_]+)["']""")
# a step of the timeline says what happens now in a sentence of its own
SUFFIXES = ("", "_now")
# what is joined in Python from a part that is known only then
JOINED = {"admin": ("field_", "done_", "detail_"), "portal": ()}

AREAS = pytest.mark.parametrize("area", sorted(SPEAKERS))


def asked(area: str, text: str) -> set[str]:
    return set(re.findall(rf"\b{SPEAKERS[area]}\('([a-z0-9_]+)'", text))


def built(area: str, text: str) -> set[str]:
    return set(re.findall(rf"\b{SPEAKERS[area]}\('([a-z0-9_]+)' ~", text))


def sources() -> dict[str, str]:
    return {
        str(path): read(path)
        for path in tracked_files()
        if path.parts[:2] == ("services", "portal") and path.suffix in {".html", ".py"}
    }


def known(area: str) -> set[str]:
    return {id_.removeprefix(f"{area}.") for id_ in all_ids() if id_.startswith(f"{area}.")}


@AREAS
def test_every_sentence_of_a_page_exists(area: str) -> None:
    for path, text in sources().items():
        starts = built(area, text)
        missing = asked(area, text) - starts - known(area)
        assert not missing, f"{path}: write them into services/wording/{area}.toml: {missing}"
        assert all(any(name.startswith(start) for name in known(area)) for start in starts), (
            f"{path}: nothing fits {starts}"
        )


@AREAS
def test_no_sentence_is_left_over(area: str) -> None:
    everything = "\n".join(sources().values())
    starts = (*built(area, everything), *JOINED[area])
    named = {name + suffix for name in NAMED.findall(everything) for suffix in SUFFIXES}
    spoken = set(re.findall(rf"{area}\.([a-z0-9_]+)", everything))
    spoken |= {f"channel_{channel}" for channel in Channel}
    unsaid = {name for name in known(area) - named - spoken if not name.startswith(starts)}
    assert not unsaid, f"no page says them: {unsaid}"
