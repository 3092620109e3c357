"""What deploy/ and docs/ say that the code already knows: `python -m tests.agreement.written` writes it there.

A test fails when a file says something else, so nobody edits these parts by hand.
"""

import re
from pathlib import Path

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from services.pipeline.route import LOST_CAP, ROUTE, Lane, Step
from services.settings import Settings
from tests.agreement.api_page import API_PAGE, api_page
from tests.agreement.tree import ROOT, read

SETTINGS_EXAMPLE = Path("deploy/settings.env.example")
FLOW = Path("docs/flow.md")
SETTINGS_HEAD = """\
# Every setting of Motcua, as it is when nothing is set. Copy to settings.env and take the # away from what you change.
# Written by `make agree` from services/settings.py.
"""
UNIT_WORDS = {"document": "one document", "pages": "a range of pages", "dossier": "the dossier", "paper": "one paper"}


def settings_example() -> str:
    """The settings example: one comment and one line that is commented out a setting."""
    return SETTINGS_HEAD + "".join(_setting(name, info) for name, info in Settings.model_fields.items())


def _setting(name: str, info: FieldInfo) -> str:
    default = info.get_default(call_default_factory=True)
    text = default.get_secret_value() if isinstance(default, SecretStr) else "" if default is None else str(default)
    return f"\n# {info.description}\n#MOTCUA_{name.upper()}={text}\n"


def flow_diagram() -> str:
    """The road as a mermaid flowchart: stages, their queues, and where a dossier may wait for a person."""
    lines = ["```mermaid", "flowchart LR", '    upload(["POST /v1/dossiers"])']
    lines += [f'    {step.stage}["{step.stage}<br/>{UNIT_WORDS[step.unit]} a run"]' for step in ROUTE]
    lines += ['    person{{"an officer"}}', '    finished(["finished"])']
    names = ["upload", *(str(step.stage) for step in ROUTE)]
    lines += [
        f'    {before} -- "{"<br/>".join(step.queues)}" --> {step.stage}'
        for before, step in zip(names, ROUTE, strict=False)
    ]
    lines += [f"    {names[-1]} --> finished"]
    lines += [f"    {step.stage} -.-> person" for step in ROUTE]
    return "\n".join([*lines, "```"])


def route_table() -> str:
    """The route as a table of markdown."""
    lanes = " | ".join(f"{lane} queue" for lane in Lane)
    head = f"| stage | one run works on | {lanes} | allowance | attempts |"
    rule = "| --- " * (4 + len(Lane)) + "|"
    return "\n".join([head, rule, *(_row(step) for step in ROUTE)])


def _row(step: Step) -> str:
    queues = " | ".join(f"`{queue}`" for queue in step.queues)
    cap = f"{step.attempts} ({LOST_CAP} when the worker died)"
    return f"| `{step.stage}` | {UNIT_WORDS[step.unit]} | {queues} | {step.allowance_s} s | {cap} |"


def flow_page() -> str:
    """docs/flow.md with its generated parts made anew and the rest as it is."""
    return _with_part(_with_part(read(FLOW), "diagram", flow_diagram()), "table", route_table())


def _with_part(page: str, name: str, text: str) -> str:
    part = re.compile(rf"(?<=<!-- {name}: written by `make agree` -->\n).*?(?=\n<!-- end of {name} -->)", re.DOTALL)
    assert part.search(page), f"docs/flow.md has lost its {name}"
    return part.sub(lambda _: text, page)


if __name__ == "__main__":
    (ROOT / SETTINGS_EXAMPLE).write_text(settings_example(), "utf-8")
    (ROOT / FLOW).write_text(flow_page(), "utf-8")
    (ROOT / API_PAGE).write_text(api_page(), "utf-8")
