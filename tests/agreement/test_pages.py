"""Every sentence that a page asks for exists, and every sentence of the pages is asked for."""

import re

from services.catalogue.national import Channel
from services.wording import all_ids
from tests.agreement.tree import read, tracked_files

ASKED = re.compile(r"""\bt\('([a-z_]+)'""")
BUILT = re.compile(r"""\bt\('([a-z_]+)' ~""")
NAMED = re.compile(r"""["']([a-z][a-z_]+)["']""")
# a step of the timeline says what happens now in a sentence of its own
SUFFIXES = ("", "_now")


def sources() -> dict[str, str]:
    return {
        str(path): read(path)
        for path in tracked_files()
        if path.parts[:2] == ("services", "portal") and path.suffix in {".html", ".py"}
    }


def known() -> set[str]:
    return {id_.removeprefix("portal.") for id_ in all_ids() if id_.startswith("portal.")}


def test_every_sentence_of_a_page_exists() -> None:
    for path, text in sources().items():
        built = set(BUILT.findall(text))
        missing = set(ASKED.findall(text)) - built - known()
        assert not missing, f"{path}: write them into services/wording/portal.toml: {missing}"
        assert all(any(name.startswith(start) for name in known()) for start in built), f"{path}: nothing fits {built}"


def test_no_sentence_is_left_over() -> None:
    everything = "\n".join(sources().values())
    starts = tuple(set(BUILT.findall(everything)))
    named = {name + suffix for name in NAMED.findall(everything) for suffix in SUFFIXES}
    asked = set(re.findall(r"portal\.([a-z_]+)", everything))
    asked |= {f"channel_{channel}" for channel in Channel}
    unsaid = {name for name in known() - named - asked if not name.startswith(starts)}
    assert not unsaid, f"no page says them: {unsaid}"
