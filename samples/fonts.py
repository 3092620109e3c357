"""Which typefaces a split may use; each is checked to hold all 134 Vietnamese letters before it prints one.

Several fonts that Debian ships lack some of them (fonts-liberation 1.07, DejaVu Sans Mono, Caladea), so a font counts
by its character map and not by its name. Train and evaluation never share a file.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

OWN = Path(__file__).parent / "fonts"
SYSTEM = Path("/usr/share/fonts")
TEXMF = Path("/usr/share/texmf/fonts/opentype/public/tex-gyre")
PACKAGES = "fonts-liberation2 fonts-croscore fonts-texgyre fonts-noto-core fonts-dejavu"
ROLES = ("serif", "sans", "mono", "hand")
SPLITS = ("train", "eval", "wild", "demo")

FAMILIES: dict[str, dict[str, tuple[str, ...]]] = {
    "train": {
        "serif": ("croscore/Tinos", "croscore/Tinos", "noto/NotoSerif"),
        "sans": ("croscore/Arimo", "noto/NotoSans"),
        "mono": ("croscore/Cousine",),
        "hand": ("own/PatrickHand", "own/Mali", "own/DancingScript", "own/Charmonman", "own/FuzzyBubbles"),
    },
    "eval": {
        "serif": ("liberation2/LiberationSerif", "texgyre/texgyretermes", "dejavu/DejaVuSerif", "texgyre/texgyrebonum"),
        "sans": ("liberation2/LiberationSans", "dejavu/DejaVuSans", "texgyre/texgyreheros"),
        "mono": ("own/XanhMono", "texgyre/texgyrecursor"),
        "hand": ("own/SedgwickAve", "own/Sriracha", "own/Grandstander", "own/Mynerve"),
    },
    "demo": {
        "serif": ("liberation2/LiberationSerif", "croscore/Tinos"),
        "sans": ("liberation2/LiberationSans", "croscore/Arimo"),
        "mono": ("liberation2/LiberationMono",),
        "hand": ("own/PatrickHand", "own/Mali", "own/Mynerve", "own/SedgwickAve"),
    },
}
STYLE_NAMES = {
    "": ("-Regular", "", "-regular"),
    "b": ("-Bold", "-bold"),
    "i": ("-Italic", "-italic", "-Oblique"),
    "bi": ("-BoldItalic", "-bolditalic", "-BoldOblique"),
}


class FontMissing(Exception):
    """A typeface of the list is not installed, or lacks a Vietnamese letter; the message says what to install."""


@dataclass(frozen=True)
class Family:
    """A typeface with the files of its four styles; a missing style falls back to the upright one."""

    name: str
    paths: tuple[tuple[str, Path], ...]

    def path(self, style: str = "") -> Path:
        """The file of a style: "" upright, "b" bold, "i" italic, "bi" both."""
        known = dict(self.paths)
        return known.get(style) or known.get(style[:1]) or known[""]

    @property
    def goes_in_pdf(self) -> bool:
        """Whether the PDF writer can embed it: it takes TrueType outlines only."""
        return self.path().suffix == ".ttf"


@cache
def vietnamese_letters() -> frozenset[str]:
    """The 134 accented and 12 plain vowel letters (with đ): everything beyond a to z that Vietnamese prints."""
    marks = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    small = {unicodedata.normalize("NFC", vowel + mark) for vowel in "aăâeêioôơuưy" for mark in marks} | {"đ"}
    return frozenset(small | {letter.upper() for letter in small})


@cache
def missing_letters(path: Path) -> str:
    """The Vietnamese letters that the font file at `path` lacks, in order."""
    with TTFont(path, lazy=True) as font:
        known = font.getBestCmap() or {}
    return "".join(sorted(letter for letter in vietnamese_letters() if ord(letter) not in known))


def find_file(spec: str, style: str) -> Path | None:
    """The file of `folder/Name` in a style, from this package or the system's font folders."""
    folder, name = spec.split("/")
    roots = (OWN,) if folder == "own" else (SYSTEM / "truetype" / folder, TEXMF)
    names = [f"{name}{tail}{end}" for tail in STYLE_NAMES[style] for end in (".ttf", ".otf")]
    return next((root / n for root in roots for n in names if (root / n).is_file()), None)


@cache
def load_family(spec: str) -> Family:
    """The family of `folder/Name`.

    Raises:
        FontMissing: it is not installed or cannot print Vietnamese.
    """
    found = tuple((style, path) for style in STYLE_NAMES if (path := find_file(spec, style)))
    if not found or found[0][0]:
        raise FontMissing(f"{spec}: not installed; apt-get install {PACKAGES}")
    for _, path in found:
        if lacking := missing_letters(path):
            raise FontMissing(f"{path}: lacks {lacking}; apt-get install {PACKAGES}")
    return Family(spec.split("/")[1], found)


def families(split: str, role: str) -> list[Family]:
    """The typefaces that `split` may use (wild: those of eval) for `role` (serif, sans, mono, hand).

    Raises:
        FontMissing: as `load_family`.
    """
    return [load_family(spec) for spec in FAMILIES["eval" if split == "wild" else split][role]]


@cache
def measure_font(path: Path) -> ImageFont.FreeTypeFont:
    """The font at 100 units for measuring; widths scale with the size."""
    return ImageFont.truetype(str(path), 100, layout_engine=ImageFont.Layout.BASIC)


@cache
def text_width(path: Path, size: float, text: str) -> float:
    """Width of `text` in the unit of `size`."""
    return float(measure_font(path).getlength(text)) * size / 100
