"""No machine's path, no registry's host and no stray secret stands in a tracked file."""

import re

import pytest

from tests.agreement.tree import ROOT, tracked_files

# put together here so that this file does not find itself
HOSTS = "|".join((r"pypi" + r"\.org", r"pythonhosted" + r"\.org", r"npmjs" + r"\.(?:org|com)", r"registry" + r"\."))
FORBIDDEN = {
    "a folder of one machine": re.compile(r"(?<![\w.])/(?:" + "work|root|Users" + r")/|/home/(?!\$|\{)[a-z]+/"),
    "the host of a package registry": re.compile(rf"https?://(?:[\w.-]*\.)?(?:{HOSTS})"),
    "an index of packages": re.compile(r"^\s*--?(?:extra-)?(?:index-url|find-links)", re.MULTILINE),
    "a private key": re.compile("-----BEGIN [A-Z ]*PRIVATE " + "KEY-----"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_foreign_in_tracked_files(what: str) -> None:
    found = []
    for path in tracked_files():
        try:
            text = (ROOT / path).read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path}: {match.group(0).strip()}" for match in FORBIDDEN[what].finditer(text)]
    assert not found, f"{what}: {found}"
