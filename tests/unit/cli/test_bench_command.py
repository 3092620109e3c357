"""Benchmarks are found beside the package, run with their own arguments, and their absence is said."""

import json
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.cli import app
from services.cli.bench import TREE, find_benchmarks
from services.dossier.errors import CannotProceed

import_module("services.cli.bench")
import_module("services.cli.due")


def test_lists_every_benchmark_with_its_sentence() -> None:
    said = CliRunner().invoke(app, ["bench"]).stdout
    found = find_benchmarks(TREE)
    assert {"api", "bad_inputs", "deadlines", "handover"} <= found.keys()
    assert not {"open_one", "measured"} & found.keys()
    assert all(name in said and says in said and says for name, says in found.items())


def test_runs_one_with_its_arguments_in_the_fixed_shape(tmp_path: Path) -> None:
    target = tmp_path / "measured.json"
    outcome = CliRunner().invoke(app, ["bench", "deadlines", "200", "--json", str(target)])
    told = json.loads(target.read_text("utf-8"))
    assert told.keys() == {"name", "figures", "ratios"}
    assert (told["name"], told["figures"]["due_dates"]) == ("deadlines", 200)
    assert outcome.exit_code == int(max(told["ratios"].values()) > 1)


def test_an_unknown_one_is_a_wrong_call_that_names_those_there_are() -> None:
    outcome = CliRunner().invoke(app, ["bench", "nonsense"])
    assert outcome.exit_code == 2
    assert "handover" in outcome.output


def test_an_installation_without_them_says_so(tmp_path: Path) -> None:
    with pytest.raises(CannotProceed) as error:
        find_benchmarks(tmp_path)
    assert error.value.sentence.id == "stack.no_benchmarks"
