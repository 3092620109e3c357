"""The parts of docs/api.md that are made from the API: endpoints, errors, and an example of every shape it shows."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from services.api.app import create_app
from services.settings import Settings
from services.wording import Language, sentence
from tests.agreement.tree import ROOT, read

API_PAGE = Path("docs/api.md")
PART = re.compile(r"(<!-- (\w+)(?: (\w+))?: written by `make agree` -->\n)(.*?)(<!-- end of \2 -->)", re.DOTALL)
WORDS = ROOT / "services" / "wording"


def api_document() -> dict[str, Any]:
    """The OpenAPI document of the API."""
    document: dict[str, Any] = create_app(Settings()).openapi()
    return document


def api_page() -> str:
    """docs/api.md with its made parts made anew and the rest as it is."""
    document = api_document()
    makers: dict[str, Callable[[str], str]] = {
        "endpoints": lambda _: endpoints(document),
        "problems": lambda _: problems(),
        "example": lambda name: example(document, name),
    }
    return PART.sub(lambda part: f"{part[1]}{makers[part[2]](part[3])}\n{part[5]}", read(API_PAGE))


def endpoints(document: dict[str, Any]) -> str:
    """One row an endpoint: what it does, and who may call it."""
    rows = [
        f"| `{method.upper()} {path}` | {operation['summary']} | {_needs(operation.get('security', []))} |"
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    return "\n".join(["| endpoint | does | needs |", "| --- | --- | --- |", *rows])


def _needs(security: list[dict[str, list[str]]]) -> str:
    names = [name for scheme in security for name in scheme]
    return " or ".join(names) if names and {} not in security else "nothing"


def problems() -> str:
    """The API's own errors by the last part of their `type`, with what they say."""
    text = (WORDS / "api.toml").read_text("utf-8")
    names = re.findall(r"^\[(\w+)\]$", text, re.MULTILINE)
    rows = [f"| `api.{name}` | {_said(f'api.{name}')} |" for name in names]
    return "\n".join(["| type | says |", "| --- | --- |", *rows])


def _said(name: str) -> str:
    blanks = {blank: f"‹{blank}›" for blank in _blanks(name)}
    return sentence(name, **blanks).say(Language.EN)


def _blanks(name: str) -> set[str]:
    section = name.partition(".")[2]
    text = (WORDS / "api.toml").read_text("utf-8")
    words = re.search(rf"^\[{section}\]$(.*?)(?=^\[|\Z)", text, re.DOTALL | re.MULTILINE)
    return set(re.findall(r"{(\w+)}", words[1] if words else ""))


def example(document: dict[str, Any], name: str) -> str:
    """A shape by its examples, as JSON."""
    shown = example_of(document["components"]["schemas"], {"$ref": f"/{name}"})
    return f"```json\n{json.dumps(shown, ensure_ascii=False, indent=2)}\n```"


def example_of(schemas: dict[str, Any], schema: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    """The first example of a shape, or one put together from the examples of its parts."""
    if "examples" in schema:
        return schema["examples"][0]
    if "$ref" in schema:
        return example_of(schemas, schemas[schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return example_of(schemas, schema["anyOf"][0])
    if schema.get("type") == "array":
        return [example_of(schemas, schema["items"])]
    return {name: example_of(schemas, part) for name, part in schema["properties"].items()}


if __name__ == "__main__":
    (ROOT / API_PAGE).write_text(api_page(), "utf-8")
