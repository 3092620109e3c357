"""docs/api.md and the OpenAPI document say what the API does."""

import re

import pytest

from services.api.app import create_app
from services.api.problems import PROBLEM
from services.settings import Settings
from tests.agreement.api_page import API_PAGE, api_document, api_page
from tests.agreement.tree import read

DOCUMENT = api_document()
CALLS = [
    (path, method, operation)
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
]
IDS = [f"{method} {path}" for path, method, _ in CALLS]


def test_the_page_is_what_the_api_says() -> None:
    assert read(API_PAGE) == api_page(), "run `make agree`"


def test_every_address_the_page_speaks_of_exists() -> None:
    patterns = [re.compile(re.sub(r"{\w+}", "[^/]+", path)) for path in DOCUMENT["paths"]]
    shown = re.findall(r"(?<![\w/])(/(?:v1/[\w/{}.$-]+|metrics|healthz|readyz))", read(API_PAGE))
    assert len(shown) > 10
    unknown = {path for path in shown if not any(pattern.fullmatch(path.rstrip(".")) for pattern in patterns)}
    assert not unknown


def test_every_filter_the_page_speaks_of_exists() -> None:
    asked = set(re.findall(r"[?&](\w+)=", read(API_PAGE)))
    known = {one["name"] for _, _, operation in CALLS for one in operation.get("parameters", [])} | {"lang"}
    assert asked
    assert asked <= known


@pytest.mark.parametrize(("path", "method", "operation"), CALLS, ids=IDS)
def test_every_error_is_a_problem_document(path: str, method: str, operation: dict[str, object]) -> None:
    responses = operation["responses"]
    assert isinstance(responses, dict)
    assert "default" in responses
    for status, response in responses.items():
        if status == "default" or int(status) >= 400:
            media = response.get("content", {PROBLEM: {}})
            assert list(media) == [PROBLEM], (path, method, status)


@pytest.mark.parametrize(("path", "method", "operation"), CALLS, ids=IDS)
def test_every_endpoint_says_what_it_does_and_whom_it_answers(
    path: str, method: str, operation: dict[str, object]
) -> None:
    assert operation.get("summary"), (path, method)
    assert operation.get("security"), (path, method)


def test_nothing_is_named_that_is_not_described() -> None:
    text = str(DOCUMENT)
    named = set(re.findall(r"#/components/schemas/([\w-]+)", text))
    assert named <= DOCUMENT["components"]["schemas"].keys()
    assert "HTTPValidationError" not in text


def test_asking_twice_gives_the_same_document() -> None:
    app = create_app(Settings())
    assert app.openapi() == app.openapi()
