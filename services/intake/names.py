"""File names as they may be shown and stored: the citizen's own, without what could mislead or break."""

from unicodedata import category, normalize

_LONGEST_BYTES = 200
_LONGEST_SUFFIX = 12
_FORBIDDEN = frozenset('<>:"|?*\\/')
# Windows device names, should somebody save the file there.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_NAMELESS = "tep-khong-ten"


def safe_name(name: str) -> str:
    """The last part of a path, NFC, without control or direction marks, at most 200 bytes; its extension is kept."""
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    shown = "".join(_shown(letter) for letter in normalize("NFC", last))
    shown = " ".join(shown.split()).strip(". ")
    stem, dot, suffix = shown.rpartition(".")
    if not dot or len(suffix) > _LONGEST_SUFFIX or not stem:
        stem, dot, suffix = shown, "", ""
    if stem.split(".", 1)[0].lower() in _DEVICES:
        stem = f"_{stem}"
    stem = _cut(stem, _LONGEST_BYTES - len(f"{dot}{suffix}".encode()))
    return f"{stem}{dot}{suffix}" if stem else _NAMELESS


def _shown(letter: str) -> str:
    if letter in _FORBIDDEN:
        return "_"
    kind = category(letter)
    # Cc, Cf (right-to-left overrides turn "gpj.exe" around), Cs, Co, Cn: nothing a name needs.
    if kind.startswith("C"):
        return " " if kind == "Cc" else ""
    return letter


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore").rstrip(". ")
