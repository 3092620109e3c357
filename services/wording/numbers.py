"""Numbers as people write them: 1.234,5 in Vietnamese, 1,234.5 in English. The only place that turns one into text."""

from services.wording.languages import Language

PLACES = 4
NOTHING = "–"
_SWAPPED = str.maketrans(",.", ".,")


def write_number(value: float, language: Language = Language.VI, places: int | None = None) -> str:
    """A number with marks between its thousands; `places` decimals, or as many as it has (at most four)."""
    # + 0.0 so that what rounds to nothing has no sign
    text = f"{round(value, PLACES) + 0.0:,.{PLACES}f}".rstrip("0").rstrip(".") if places is None else ""
    return _in(text or f"{value:,.{places}f}", language)


def write_share(value: float | None, language: Language = Language.VI, places: int = 1) -> str:
    """A share, 0–1, as a percentage with so many decimals; a dash where there is nothing to divide by."""
    if value is None:
        return NOTHING
    gap = "\N{NO-BREAK SPACE}" if language is Language.VI else ""
    return f"{write_number(value * 100, language, places)}{gap}%"


def _in(text: str, language: Language) -> str:
    return text.translate(_SWAPPED) if language is Language.VI else text
