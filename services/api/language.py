"""Which of the two languages a reader wants (RFC 9110 §12.5.4)."""

from collections.abc import Iterator

from services.wording import Language


def choose_language(header: str) -> Language:
    """The language an `Accept-Language` header wants most; Vietnamese where it names neither, or both alike."""
    wishes = dict.fromkeys(Language, 0.0)
    others = 0.0
    named: set[Language] = set()
    for tag, quality in _wishes(header):
        if tag == "*":
            others = quality
            continue
        for language in Language:
            if tag == language or tag.startswith(f"{language}-"):
                named.add(language)
                wishes[language] = max(wishes[language], quality)
    for language in set(Language) - named:
        wishes[language] = others
    return Language.EN if wishes[Language.EN] > wishes[Language.VI] else Language.VI


def _wishes(header: str) -> Iterator[tuple[str, float]]:
    """Each language range with its quality; a quality that cannot be read is as if it were not wanted."""
    for wish in header.lower().split(","):
        tag, *parameters = (part.strip() for part in wish.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                quality = _number(value)
        if tag:
            yield tag, quality


def _number(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 0.0
