"""Migrations stand in one row: a number, a name, the number before."""

import re

from tests.agreement.tree import read, tracked_files

FILES = sorted(path for path in tracked_files() if re.fullmatch(r"\d{4}_\w+\.py", path.name))


def test_each_follows_the_one_before() -> None:
    expected = [f"{number:04d}" for number in range(1, len(FILES) + 1)]
    assert [path.name[:4] for path in FILES] == expected, "two migrations share a number, or one is left out"
    for number, path in enumerate(FILES, start=1):
        text = read(path)
        before = f'"{number - 1:04d}"' if number > 1 else "None"
        assert f'revision = "{number:04d}"' in text, path
        assert re.search(rf"^down_revision(: str \| None)? = {before}$", text, re.MULTILINE), path
