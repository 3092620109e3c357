"""Makes the sheets of one paper from its layout and facts, and says which fields they print."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw

from samples.fonts import Family, families
from samples.layout import Layout
from samples.sheet import Picture, Sheet, Stroke
from samples.typeset import Composer, Frame, row_width, wrap_words
from samples.values import pick_manner
from samples.words import Pen, Phrase
from services.dossier.kinds import FIELDS_OF, PaperKind

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
# the body above an authority in its two-line head: both lines together are the authority (docs/evaluation.md)
BODIES_ABOVE = {
    "SỞ Y TẾ LẠNG SƠN": "Sở Y tế Lạng Sơn",
    "SỞ Y TẾ TỈNH LẠNG SƠN": "Sở Y tế tỉnh Lạng Sơn",
    "CÔNG AN TỈNH LẠNG SƠN": "Công an tỉnh Lạng Sơn",
    "BỘ Y TẾ": "Bộ Y tế",
    "BỘ GIÁO DỤC VÀ ĐÀO TẠO": "Bộ Giáo dục và Đào tạo",
}
TINTS = {
    "": (255, 255, 255),
    "pink": (252, 226, 222),
    "cream": (253, 250, 238),
    "green": (232, 244, 232),
    "yellow": (252, 246, 214),
}


@dataclass(frozen=True)
class Paper:
    """A composed paper: its kind, sheets and the normalised values that are printed on it.

    `hand`: the values are set in a typeface that looks like handwriting.
    """

    kind: str
    layout: str
    sheets: list[Sheet]
    fields: dict[str, str]
    hand: bool = False


def pick_pen(rng: Random, layout: Layout, split: str, *, pdf: bool) -> Pen:
    """Fonts, sizes, ink and leaders of one paper; what goes in a PDF needs TrueType fonts."""

    def pick(role: str) -> Family:
        return rng.choice([f for f in families(split, role) if f.goes_in_pdf or not pdf])

    label = pick(layout.hint("label") or rng.choices(("serif", "sans"), (7, 2))[0])
    filled = layout.hint("value") or rng.choices(("same", "mono", "hand"), (6, 1, 3))[0]
    if pdf and filled == "hand":
        filled = "same"
    value = label if filled == "same" else pick(filled)
    size = rng.uniform(9.0, 9.6) if layout.hint("sheet") == "card" else rng.uniform(11.2, 13.2)
    hand = filled == "hand"
    return Pen(
        label, value, size, size * (1.18 if hand else 0.95 if filled == "mono" else 1), "blue" if hand else "black",
        "hand" if hand else rng.choice(("", "", "b")), 1.0 if hand else 0.0,
        rng.choice(("dots", "dots", "line", "chars", "none")) if not layout.hint("leader") else layout.hint("leader"),
        rng.uniform(1.3, 1.5),
    )  # fmt: skip


def compose_paper(layout: Layout, facts: dict[str, str], rng: Random, split: str, *, pdf: bool = False) -> Paper:
    """Sets one paper; only fields that were printed are in its truth."""
    pen = pick_pen(rng, layout, split, pdf=pdf)
    phrase = Phrase(facts, pick_manner(rng, split), pen, rng)
    frame = pick_frame(rng, layout)
    composer = Composer(phrase, frame, rng, facts.get("_seal", "ỦY BAN NHÂN DÂN"))
    if layout.hint("sheet") == "card":
        paste_portrait(composer.sheet, rng)
    table: list[float] = []
    above = ""
    for line in swap_words(layout.draw(rng), facts.get("_swap", "")):
        if line.startswith("|"):
            set_table_row(composer, table, line)
        elif line.startswith("@table"):
            table = [float(width) for width in line.split()[1:]]
        else:
            set_line(composer, line)
            above = above or body_above(line)
    if above and "issuing_authority" in phrase.printed:
        phrase.printed["issuing_authority"] = f"{above} {phrase.printed['issuing_authority']}"
    known = FIELDS_OF[PaperKind(layout.kind)]
    printed = {name: value for name, value in sorted(phrase.printed.items()) if name in known}
    return Paper(layout.kind, layout.name, composer.sheets, printed, hand=pen.value_style == "hand")


def body_above(line: str) -> str:
    """The body that a head prints above its authority, as a person writes it; "" where there is none."""
    above = line.removeprefix("@heads ").partition(" / {issuing_authority:upper}")
    return BODIES_ABOVE.get(above[0], "") if line.startswith("@heads ") and above[1] else ""


def swap_words(lines: list[str], swaps: str) -> list[str]:
    """The lines with what the form says replaced: `old→new`, several parted by `;`."""
    for swap in filter(None, swaps.split(";")):
        old, new = swap.split("→")
        lines = [line.replace(old, new) for line in lines]
    return lines


def pick_frame(rng: Random, layout: Layout) -> Frame:
    """The margins of an A4 page, or of an identity card drawn twice as large as it is (85.6 by 54 mm)."""
    tint = TINTS[layout.hint("tint")]
    if layout.hint("sheet") == "card":
        return Frame(150, 470, top=12, bottom=300, size=(486, 306), tint=tint)
    return Frame(rng.uniform(52, 76), 595 - rng.uniform(44, 58), tint=tint, border=layout.hint("border") == "yes")


def paste_portrait(sheet: Sheet, rng: Random) -> None:
    """A grey figure where a card shows a face: nobody's."""
    image = Image.new("RGB", (240, 320), (205, 215, 225))
    draw, shade = ImageDraw.Draw(image), rng.randrange(70, 120)
    draw.ellipse((75, 60, 165, 180), fill=(shade,) * 3)
    draw.ellipse((20, 195, 220, 420), fill=(shade - 20,) * 3)
    sheet.pictures.append(Picture(22, 88, 108, 144, image))


def set_line(composer: Composer, line: str) -> None:
    """Sets one line of a layout that is no table row."""
    if not line.startswith("@"):
        composer.paragraph(composer.phrase.words(line))
        return
    order, _, text = line[1:].partition(" ")
    SETTERS[order](composer, text)


def set_nation(composer: Composer, _text: str) -> None:
    """The motto of the republic over the whole width."""
    composer.columns([[NATION, MOTTO, "-"]], [(composer.frame.left, composer.frame.right)], "heads")
    composer.y += 8


def set_heads(composer: Composer, text: str) -> None:
    """Agency on the left, motto on the right."""
    frame = composer.frame
    split = frame.left + (frame.right - frame.left) * 0.44
    blocks = [
        [part.strip() for part in side.split(" / ")]
        for side in text.replace("NATION", f"{NATION} / {MOTTO} / -").split("//")
    ]
    composer.columns(blocks, [(frame.left - 14, split - 4), (split + 4, frame.right + 10)], "heads")
    composer.y += 8


def set_sign(composer: Composer, text: str) -> None:
    """Signature columns; a single one stands on the right."""
    frame = composer.frame
    blocks = [[part.strip() for part in side.split(" / ")] for side in text.split("||")]
    if len(blocks) == 1:
        blocks = [[], *blocks]
    composer.room(150)
    width = (frame.right - frame.left) / len(blocks)
    edges = [(frame.left + width * number, frame.left + width * (number + 1) - 6) for number in range(len(blocks))]
    composer.y += 8
    composer.columns(blocks, edges, "")


def set_title(composer: Composer, text: str) -> None:
    """A bold centred title with room round it."""
    composer.y += 6
    for part in text.split(" / "):
        composer.paragraph(composer.phrase.words(part, "b", composer.phrase.pen.size * 1.25), "center")
    composer.y += 4


def set_gap(composer: Composer, text: str) -> None:
    """Empty room."""
    composer.y += float(text or 6)


def set_rule(composer: Composer, _text: str) -> None:
    """A rule over the width."""
    composer.y += 6
    composer.sheet.strokes.append(Stroke(((composer.frame.left, composer.y), (composer.frame.right, composer.y)), 0.8))


def set_table_row(composer: Composer, shares: list[float], line: str) -> None:
    """One row of a table: cells wrapped in their widths, ruled round; the text goes cell by cell on one line."""
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    frame, total = composer.frame, sum(shares)
    widths = [(frame.right - frame.left) * share / total for share in shares]
    wrapped = [wrap_words(composer.phrase.words(cell), width - 10) for cell, width in zip(cells, widths, strict=True)]
    height = max(1, *(len(rows) for rows in wrapped)) * composer.leading + 6
    composer.room(height)
    top, left = composer.y, frame.left
    composer.sheet.lines.append([])
    for rows, width in zip(wrapped, widths, strict=True):
        composer.y = top
        for row in rows:
            composer.y += composer.leading
            composer.place(
                row,
                left + 5,
                max(left + width - 5, left + 5 + row_width(row)),
                "center" if width < 60 else "left",
                join=True,
            )
        composer.box(left, top, left + width, top + height)
        left += width
    composer.y = top + height


def styled(style: str, align: str, scale: float = 1.0) -> Callable[[Composer, str], None]:
    """A setter of a paragraph in one style."""

    def set_styled(composer: Composer, text: str) -> None:
        composer.paragraph(composer.phrase.words(text, style, composer.phrase.pen.size * scale), align)

    return set_styled


def set_centred(composer: Composer, text: str) -> None:
    """A centred line whose values are filled in."""
    composer.paragraph(composer.phrase.words(text), "center")


def set_right(composer: Composer, text: str) -> None:
    """A line at the right margin whose values are filled in."""
    composer.paragraph(composer.phrase.words(text), "right")


SETTERS: dict[str, Callable[[Composer, str], None]] = {
    "nation": set_nation, "heads": set_heads, "title": set_title, "sub": styled("i", "center"), "center": set_centred,
    "right": set_right, "bold": styled("b", "left"), "italic": styled("i", "left"), "note": styled("i", "left", 0.82),
    "gap": set_gap, "page": lambda composer, _text: composer.new_sheet(), "rule": set_rule, "sign": set_sign,
}  # fmt: skip
