"""What an endpoint asks for, and how errors are told, in the OpenAPI document."""

from typing import Any

from services.access.roles import Permit
from services.api.openapi import OFFICERS, problem_schema, security_of, tell_problems
from services.api.problems import PROBLEM
from services.api.rules import Rule


def test_what_everybody_may_needs_nothing() -> None:
    assert security_of(Rule(Permit.PUBLIC)) == security_of(Rule(Permit.HAND_IN)) == [{}]


def test_a_receipt_opens_what_its_holder_may() -> None:
    assert security_of(Rule(Permit.FOLLOW)) == security_of(Rule(None)) == [{"receipt": []}, *OFFICERS]
    assert security_of(Rule(Permit.READ)) == security_of(Rule(Permit.ACCOUNTS)) == OFFICERS


def test_errors_get_the_media_type_of_problems_and_answers_keep_theirs() -> None:
    json: dict[str, Any] = {"application/json": {"schema": {}}}
    responses: dict[str, Any] = {
        "200": {"content": json},
        "304": {},
        "404": {"content": dict(json)},
        "503": {"description": "not ready"},
    }
    tell_problems(responses)
    assert responses["200"]["content"] == json
    assert list(responses["404"]["content"]) == list(responses["default"]["content"]) == [PROBLEM]
    assert "content" not in responses["503"]


def test_a_problem_may_say_more() -> None:
    schema = problem_schema()
    assert schema["additionalProperties"] is True
    assert {"type", "title", "status", "detail", "instance"} <= schema["properties"].keys()
