"""The pinned versions cover what the product asks for, and the checks that hold the house are configured."""

import re
import tomllib
from fnmatch import fnmatch

from tests.agreement.tree import read, tracked_files

PROJECT = tomllib.loads(read("pyproject.toml"))


def name_of(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_every_package_asked_for_is_pinned() -> None:
    pinned = {name_of(line) for line in read("requirements.lock").splitlines() if "==" in line}
    groups = [PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"].values()]
    missing = {name_of(requirement) for group in groups for requirement in group} - pinned
    assert not missing, f"run `make lock`: {sorted(missing)}"


def test_the_checks_that_hold_the_house_are_switched_on() -> None:
    tools = PROJECT["tool"]
    assert tools["mypy"]["strict"]
    assert set(tools["mypy"]["files"]) >= {"services", "tests"}
    assert set(tools["ruff"]["lint"]["select"]) >= {"ANN", "BLE", "C90", "S", "T20", "PTH", "DTZ"}
    assert {"layers", "forbidden"} <= {contract["type"] for contract in tools["importlinter"]["contracts"]}
    assert any(contract.get("exhaustive") for contract in tools["importlinter"]["contracts"])


def test_every_exception_from_the_rules_says_why() -> None:
    lines = read("pyproject.toml").split("[tool.ruff.lint]")[1].split("\n]")[0].split("ignore = [")[1].splitlines()
    silent = [line.strip() for line in lines if line.strip() and "#" not in line]
    assert not silent, f"no reason beside it: {silent}"


def test_a_wheel_takes_along_every_file_that_the_services_read() -> None:
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["*"]
    data = [path for path in tracked_files() if path.parts[0] == "services" and path.suffix != ".py"]
    left_out = [str(path) for path in data if not any(fnmatch(path.name, pattern) for pattern in patterns)]
    assert not left_out, f"add their ending to package-data in pyproject.toml: {left_out}"
