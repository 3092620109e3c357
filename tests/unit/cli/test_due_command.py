"""`motcua due` as people and scripts call it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from services.cli import app
from services.cli.due import read_moment, read_pause


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["due", *words])


def test_json_has_the_shape_that_scripts_read() -> None:
    result = run(
        "--lead", "7 working days", "--received", "2026-08-21T10:00", "--at", "2026-08-24T17:00", "--json", "-"
    )
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert found["due_at"] == "2026-09-03T17:00:00+07:00"
    assert found["budget"] == {"amount": 7, "unit": "working_days"}
    assert found["used"] == {"amount": 2.0, "unit": "working_days"}
    assert set(found["lines"][0]) == {"text_vi", "text_en"}


def test_json_in_a_file_leaves_the_lines_for_people(tmp_path: Path) -> None:
    target = tmp_path / "due.json"
    result = run("--procedure", "1.001193", "--received", "2026-11-23T15:30", "--json", str(target))
    assert json.loads(target.read_text("utf-8"))["due_at"] == "2026-11-25T17:00:00+07:00"
    assert "Hạn trả kết quả: 25/11/2026 17:00" in result.stdout


def test_pauses_add_up_and_zones_are_kept() -> None:
    pauses = ["--suspend", "2026-06-09T14:00/2026-06-10T17:00", "--suspend", "2026-06-11/2026-06-12T10:00"]
    result = run("--lead", "10 ngày làm việc", "--received", "2026-06-05T02:00:00Z", *pauses, "--json", "-")
    assert json.loads(result.stdout)["due_at"] == "2026-06-24T17:00:00+07:00"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--received", "2026-06-05", "--lead", "soon"], 2, "3 working days"),
        (["--received", "yesterday", "--lead", "1 day"], 2, "Write it as"),
        (["--received", "2026-06-05"], 2, "exactly one"),
        (["--received", "2026-06-05", "--lead", "1 day", "--procedure", "1.001193"], 2, "exactly one"),
        (["--received", "2026-06-05", "--lead", "1 day", "--suspend", "2026-06-06"], 2, "a / between"),
        (["--received", "2026-06-05", "--lead", "1 day", "--suspend", "2026-06-08/2026-06-06"], 2, "Swap"),
        (["--received", "2026-06-05", "--procedure", "9.999999"], 2, "no procedure 9.999999"),
        (["--received", "2020-06-05", "--procedure", "1.001193"], 1, "in force on 05/06/2020"),
        (["--received", "2026-06-05", "--procedure", "3.000722"], 1, "no established time"),
        (["--received", "2099-06-05", "--lead", "1 day"], 1, "does not reach"),
        (["--lead", "1 day"], 2, "received"),
        (["--received", "2026-06-05", "--lead", "1 day", "--json", "/no/such/folder/x"], 2, "cannot be written"),
    ],
)
def test_bad_input_ends_with_a_sentence(words: list[str], code: int, said: str) -> None:
    result = run(*words)
    assert (result.exit_code, said in result.output) == (code, True)
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("written", "iso"),
    [("24/11/2026", "2026-11-24"), ("24/11/2026 08:30", "2026-11-24T08:30"), ("2/9/2026 14:05", "2026-09-02T14:05")],
)
def test_a_moment_may_be_written_as_the_command_writes_it(written: str, iso: str) -> None:
    """A day first, with its hour or without; a pause of two such moments too."""
    assert read_moment(written) == read_moment(iso)
    pause = read_pause("21/08/2026 09:00/24/08/2026 10:00")
    assert pause == read_pause("2026-08-21T09:00/2026-08-24T10:00")
    told = [run("--lead", "3 working days", "--received", text).stdout for text in (written, iso)]
    assert told[0] == told[1]
    assert run("--lead", "3 working days", "--received", "31/02/2026").exit_code == 2
