"""`motcua account add` says in both languages what it was not told."""

import pytest
from typer.testing import CliRunner

import services.cli.account  # noqa: F401 - registers the command
from services.cli import app


@pytest.mark.parametrize("words", [["--role", "leader"], ["--unit", "20"], []])
def test_an_account_without_role_or_unit_is_refused_with_what_to_add(words: list[str]) -> None:
    result = CliRunner().invoke(app, ["account", "add", "nong.thi.hoa", *words])
    assert result.exit_code == 2
    assert "--role leader --unit 20 (cả tỉnh)" in result.stderr
    assert "--role leader --unit 20 (the whole province)" in result.stderr
