"""A model's card, written in Markdown, as blocks a page can show: headings, paragraphs, code, tables."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """`kind` is heading, text, code or table; `rows` of a table, its head first."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def read_blocks(card: str) -> list[Block]:
    """The blocks of a card, in order; emphasis marks are left out."""
    parts = (part.strip("\n") for part in card.split("\n\n"))
    return [_block(part) for part in parts if part.strip()]


def _block(part: str) -> Block:
    lines = part.splitlines()
    if part.startswith("#"):
        return Block("heading", part.lstrip("# "))
    if all(line.startswith("|") for line in lines):
        rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
        return Block("table", rows=tuple(row for row in rows if set("".join(row)) - set("-: ")))
    if all(line.startswith("    ") for line in lines):
        return Block("code", part.strip())
    return Block("text", " ".join(lines).replace("**", ""))
