"""Files and functions stay small enough to be read at one go."""

import ast
from collections.abc import Iterator

from tests.agreement.tree import python_files, read

FILE_LINES = 300
FUNCTION_LINES = 40
DRAWERS = {"utils", "util", "common", "helpers", "helper", "core", "shared", "misc", "lib"}


def test_no_file_is_longer_than_a_sitting() -> None:
    long = {
        str(path): lines for path in python_files("services") if (lines := len(read(path).splitlines())) > FILE_LINES
    }
    assert not long, f"longer than {FILE_LINES} lines; does each still answer one question? Split it: {long}"


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path}:{node.lineno} {node.name} ({length} lines)"
        for path in python_files("services")
        for node, length in functions_of(read(path))
        if length > FUNCTION_LINES
    ]
    assert not long, f"longer than {FUNCTION_LINES} lines; name its parts: {long}"


def test_no_drawer_for_things_without_a_home() -> None:
    drawers = [
        str(path) for path in python_files("services", "tests", "benchmarks", "samples")
        if DRAWERS & {*path.parts[:-1], path.stem}
    ]  # fmt: skip
    assert not drawers, f"a name that says nothing about what is inside; name the question it answers: {drawers}"


def test_the_length_of_a_function_counts_from_def_to_its_last_line() -> None:
    found = list(functions_of("@mark\ndef outer():\n    def inner():\n        pass\n    return inner\n"))
    assert [(node.name, length) for node, length in found] == [("outer", 4), ("inner", 2)]


def functions_of(source: str) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1
