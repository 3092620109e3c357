"""A reading as a file: words with box and confidence, page by page, and the same as plain text."""

import json
from collections.abc import Sequence
from typing import Any

from services.dossier.page import Page
from services.ocr.roles import roles_of

PLACES = 4


def words_json(pages: Sequence[Page]) -> bytes:
    """Pages as JSON: `[{page, width, height, source, engine, preparation, lines}]`.

    A line is `{block, cell?, role?, words: [[text, left, top, right, bottom, confidence]]}`; sides are fractions of the
    upright page, `cell` is row and column in the ruled table that is the block, `role` what `roles.Role` names.
    """
    return json.dumps([_page(page) for page in pages], ensure_ascii=False, separators=(",", ":")).encode()


def _page(page: Page) -> dict[str, Any]:
    lines = [
        {
            "block": line.block,
            **({"cell": line.cell} if line.cell else {}),
            **({"role": role} if role else {}),
            "words": [
                [word.text, *(round(side, PLACES) for side in (box.left, box.top, box.right, box.bottom)),
                 round(word.confidence, 3)]
                for word in line.words for box in (word.box,)
            ],
        }
        for line, role in zip(page.lines, roles_of(page.lines, page.marks), strict=True)
    ]  # fmt: skip
    return {
        "page": page.number,
        "width": page.width,
        "height": page.height,
        "source": page.source,
        "engine": page.engine,
        "preparation": list(page.preparation),
        "lines": lines,
    }


def plain_text(pages: Sequence[Page]) -> bytes:
    """The text of the pages, parted by form feeds."""
    return "\f".join(page.text for page in pages).encode()
