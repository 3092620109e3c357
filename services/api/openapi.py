"""The OpenAPI document, finished: errors as problem documents, and what each endpoint asks of whoever calls."""

from typing import Any

from fastapi import FastAPI

from services.access.roles import NOBODY, Permit
from services.api.models import Problem422
from services.api.problems import PROBLEM
from services.api.rules import Rule, Rules

Document = dict[str, Any]
NAME = "Problem"
FIRST_ERROR = 400
REFERENCE = {"$ref": f"#/components/schemas/{NAME}"}
# what FastAPI describes by itself, and nobody ever sees: errors are made by `services.api.problems`
NEVER_SENT = ("HTTPValidationError", "ValidationError", Problem422.__name__)
SCHEMES: Document = {
    "receipt": {
        "type": "apiKey", "in": "header", "name": "X-Receipt-Key",
        "description": "the key on the receipt: opens the one dossier of its holder",
    },
    "token": {"type": "http", "scheme": "bearer", "description": "for programs: `motcua token`, or POST /v1/tokens"},
    "session": {
        "type": "apiKey", "in": "cookie", "name": "motcua_session",
        "description": "for people: POST /v1/session; what changes something also sends `X-CSRF-Token`",
    },
}  # fmt: skip
OFFICERS: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
HOLDERS = frozenset({Permit.FOLLOW, Permit.WITHDRAW})


def finish_openapi(app: FastAPI, rules: Rules) -> None:
    """Make the application tell the finished document."""
    described = app.openapi

    def finished() -> Document:
        document: Document = described()
        if NAME not in document["components"]["schemas"]:
            _finish(document, rules)
        return document

    app.openapi = finished  # type: ignore[method-assign] # the way FastAPI gives for changing it


def _finish(document: Document, rules: Rules) -> None:
    components: Document = document["components"]
    for name in NEVER_SENT:
        components["schemas"].pop(name, None)
    components["schemas"][NAME] = problem_schema()
    components["schemas"].setdefault("Both", Problem422.model_json_schema()["$defs"]["Both"])
    components["securitySchemes"] = SCHEMES
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            tell_problems(operation["responses"])
            rule = rules.get((method.upper(), path))
            if rule is not None:
                operation["security"] = security_of(rule)


def problem_schema() -> Document:
    """A problem document; further members say more, as `errors` does of a request that cannot be read."""
    schema: Document = Problem422.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs")
    return schema | {"additionalProperties": True}


def tell_problems(responses: Document) -> None:
    """Give each error that has a body the media type and shape of a problem, and every other error too."""
    for status, response in responses.items():
        if status.isdecimal() and int(status) >= FIRST_ERROR and "content" in response:
            response["content"] = {PROBLEM: {"schema": REFERENCE}}
    responses["default"] = {"description": "Any other error", "content": {PROBLEM: {"schema": REFERENCE}}}


def security_of(rule: Rule) -> list[dict[str, list[str]]]:
    """Any one of these opens the endpoint; an empty one says that nothing is needed."""
    if rule.permit is not None and NOBODY.may(rule.permit):
        return [{}]
    return [{"receipt": []}, *OFFICERS] if rule.permit is None or rule.permit in HOLDERS else OFFICERS
