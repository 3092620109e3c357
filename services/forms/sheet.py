"""A form as it stands on paper, before it is a file of any kind."""

from dataclasses import dataclass

from services.dossier.transitions import Form


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; `centred` ones have no indent."""

    text: str
    bold: bool = False
    italic: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """Numbered lines."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its head, its rows, and how wide its columns are (shares of the whole)."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


Block = Paragraph | Listed | Grid


@dataclass(frozen=True, slots=True)
class Labels:
    """What every form of a language says: the nation and its motto, which form it is, “draft”, “copies to”."""

    nation: str
    motto: str
    form: str
    draft: str
    recipients: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form.

    `qr` is what its code holds, empty for none; `signatures` stand beside each other (role, name), none on what the
    machine wrote; `draft`: no person has signed it off, and it says so. `recipients` are the lines below “Nơi nhận”.
    """

    form: Form
    parent_agency: str
    agency: str
    number: str
    place_and_date: str
    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    signatures: tuple[tuple[str, str], ...]
    labels: Labels
    recipients: tuple[str, ...] = ()
    qr: str = ""
    draft: bool = True
    wide: bool = False
