"""What kinds of paper and fields are called when people are spoken to."""

from functools import cache
from textwrap import shorten

from services.dossier.kinds import PaperKind
from services.wording import Language, Sentence, all_ids, sentence

LONGEST_TITLE = 160
"""Letters of a title that a list shows."""


def name_kind(kind: PaperKind | str) -> Sentence:
    """A kind of paper in words."""
    return sentence(f"kind.{kind}")


def name_paper(kind: PaperKind | str, title: str, language: Language) -> str:
    """A paper in words: its kind, or where it is of none that is known the title as it was read."""
    read = shorten(title, LONGEST_TITLE, placeholder=" …")
    return read if kind == PaperKind.OTHER and read else name_kind(kind).say(language)


@cache
def name_field(name: str) -> Sentence:
    """A field in words; `father_date_of_birth` is the date of birth of the father.

    Raises:
        KeyError: neither the field nor its party and suffix are known.
    """
    if f"field.{name}" in all_ids():
        return sentence(f"field.{name}")
    for cut in range(name.count("_"), 0, -1):
        parts = name.split("_")
        party, what = "_".join(parts[:cut]), "_".join(parts[cut:])
        if f"field.party_{party}" in all_ids() and f"field.{what}" in all_ids():
            owner, thing = sentence(f"field.party_{party}"), sentence(f"field.{what}")
            said = {f"party_{language}": owner.say(language) for language in Language}
            return sentence(
                "field.of_party", **said, **{f"what_{language}": thing.say(language) for language in Language}
            )
    raise KeyError(name)


def is_field(name: str) -> bool:
    """Whether a field of that name can be put in words."""
    try:
        name_field(name)
    except KeyError:
        return False
    return True
