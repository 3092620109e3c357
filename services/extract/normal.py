"""Values as the product writes them: ISO dates, bare digits, names as a person writes them.

Each function takes what is printed and gives the normalised value, or None where nothing of that sort is there. OCR
slips are mended only where the format proves them (a letter O among the digits of a number).
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from rapidfuzz.distance import Levenshtein

from services.dossier.compare import fold, tidy
from services.extract.words import ETHNICITIES, read_date_in_words, repair_from

_LIKE_DIGIT = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "i": "1", "!": "1",
                             "S": "5", "s": "5", "B": "8", "Z": "2", "z": "2"})  # fmt: skip
_D = r"[0-9OolI|]"
_DATE_WORDY = re.compile(
    rf"(?:ng\S{{1,2}}[yv]|mùng|mồng)?\s*({_D}{{1,2}})\s*(?:th\S{{1,2}}n[gq]|[/.\-])"
    rf"\s*({_D}\s?{_D}?)\s*(?:n\S{{1,2}}m|[/.\-,])\s*((?:{_D}|Z){{4}})",
    re.IGNORECASE,
)
_DATE_PLAIN = re.compile(rf"(?<!\d)({_D}{{1,2}})\s?[/.\-]\s?({_D}{{1,2}})\s?[/.\-]\s?({_D}{{4}})(?!\d)")
_DATE_COMB = re.compile(
    r"(?<!\d)(\d)\s?(\d)\s{0,3}[/.\-]?\s{0,3}(\d)\s?(\d)\s{0,3}[/.\-]?\s{0,3}(\d)\s?(\d)\s?(\d)\s?(\d)(?!\d)"
)
_MONTH = re.compile(r"(?:th[aá]ng\s*)?(?<!\d)(\d{1,2})\s*(?:[/.\-]|n[aă]m)\s*(\d{4})(?!\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:1[89]|20)\d{2})(?!\d)")
_TITLES = re.compile(
    r"^(?:(?:kts|ks|ths|bs|đ/c|đồng chí|thầy|ông|bà|anh|chị|cháu|em|ô|cô|chú|bác)"
    r"\s*(?:/\s*(?:bà|chị))?\s*(?:\((?:bà|chị)\))?\s*[:.]?\s+)+",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+|\d{4,}")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?")
_SQUARE = re.compile(r"(?<![^\W\d_])m\s?[2²?]|mét vuông", re.IGNORECASE)  # of `(m 2): 544,3` no figure is the area
_TIME = re.compile(r"(\d{1,2})\s*(?:giờ|gio|h|:|g)\s*(\d{1,2})?", re.IGNORECASE)
# what is left of an English label that broke into two lines: `Place of | Residence: …`
_ENGLISH = re.compile(r"^(?:(?:place|date) of )?(?:residence|origin|birth|expiry|issue)\s*[:/]\s*", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
EARLIEST = 1875


def digits_of(text: str) -> str:
    """Digits of a printed number with the letters that OCR puts for digits mended; other signs dropped."""
    return "".join(char for char in text.translate(_LIKE_DIGIT) if char.isdigit())


def read_date(text: str) -> str | None:
    """An ISO date; `YYYY-MM` or `YYYY` where only that is printed; a date that does not exist is None."""
    for pattern in (_DATE_WORDY, _DATE_PLAIN, _DATE_COMB):
        for match in pattern.finditer(text):
            day, month, year = _three_numbers(match.groups())
            if found := _real_date(year, month, day):
                return found
            return None
    if found := read_date_in_words(text):
        return found
    short = _MONTH.search(text)
    if short and 1 <= int(short[1]) <= 12 and int(short[2]) > EARLIEST:  # noqa: PLR2004
        return f"{short[2]}-{int(short[1]):02d}"
    alone = _YEAR.search(text)
    return alone[1] if alone else None


def _three_numbers(groups: tuple[str, ...]) -> tuple[int, int, int]:
    """Day, month and year from three groups, or from eight single figures of comb boxes."""
    if len(groups) > 3:  # noqa: PLR2004
        groups = ("".join(groups[:2]), "".join(groups[2:4]), "".join(groups[4:]))
    day, month, year = (int(digits_of(part) or "0") for part in groups)
    return day, month, year


def _real_date(year: int, month: int, day: int) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if EARLIEST < year < 2200 else None  # noqa: PLR2004


def read_name(text: str) -> str | None:
    """A person's name: two to seven words of letters, honorifics cut, capitals as a person writes them."""
    text = tidy(re.split(r"[,;(:0-9]|\s-\s|\s–\s", _TITLES.sub("", tidy(text).lstrip(".:;,-–—•*'\"“ ")))[0])
    words = [word for word in text.split(" ") if word.strip(".'’`\"“”|•*")]
    words = [word.strip(".'’`\"“”|•*_") for word in words]
    while words and len(words[-1]) == 1 and not words[-1].isupper():
        words.pop()
    if len(words) == 2 and words[0].casefold() in {"phần", "mục", "bên"}:  # noqa: PLR2004 - a heading: `Phần D`
        return None
    if not 2 <= len(words) <= 7 or not all(re.fullmatch(r"[^\W\d_]+", word) for word in words):  # noqa: PLR2004
        return None
    if 2 * sum(word[0].isupper() for word in words) <= len(words) or _SIGNS_AS.match(fold(" ".join(words))):
        return None
    return " ".join(_as_written(word) for word in words)


# what people sign as and papers are called, where a name is looked for: `Người Ký`, `Phó Chủ Tịch`, `Bằng Kỹ Sư`
_SIGNS_AS = re.compile(
    r"(nguoi (ky|di|khai|yeu|lam|nop|thu|lap|viet|duoc|giam|dai|co)\b|bang (ky|cu|tot|dai|trung|thac)\b|"
    r"(pho )?(chu tich|giam doc|truong (phong|ban|cong))\b|cong ch\w* tu phap|can bo \w+|hieu truong\b|ban sao\b)"
)


def _as_written(word: str) -> str:
    return word if len(word) > 1 and word[0].isupper() and word[1:].islower() else word.capitalize()


def read_citizen_id(text: str) -> str | None:
    """The first run of exactly 12 (or, on older papers, 9) digits, spaces and dots between them allowed."""
    run = r"(?<![0-9A-Za-z/])[0-9OolI|QSBZ](?:[ .]{0,3}[0-9OolI|QSBZ]){%d}(?![0-9])"
    for length in (11, 8):
        for match in re.finditer(run % length, text):
            digits = digits_of(match.group())
            if len(digits) == length + 1 and sum(char.isdigit() for char in match.group()) >= length - 3:
                return digits
    return None


def read_phone(text: str) -> str | None:
    """A Vietnamese mobile or fixed number as ten or eleven digits beginning with 0."""
    for match in re.finditer(r"(?:\+?84|0|O)[\d.\sOol\-]{8,14}", text):
        digits = digits_of(match.group())
        digits = "0" + digits[2:] if digits.startswith("84") else digits
        if re.match(r"0[35789]\d{8}", digits):
            return digits[:10]
        if re.fullmatch(r"02\d{8,9}", digits):
            return digits
    return None


def read_money(text: str) -> str | None:
    """Whole dong as digits."""
    match = _MONEY.search(re.sub(r"(?<=[\d.,])[Oo]+", lambda run: "0" * len(run.group()), text))
    digits = digits_of(match.group()) if match else ""
    return str(int(digits)) if digits else None


def read_number(text: str) -> str | None:
    """A decimal number with a point; a Vietnamese thousands point is dropped."""
    match = _NUMBER.search(_SQUARE.sub(" ", text))
    if not match:
        return None
    printed = match.group()
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", printed):
        printed = printed.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", printed):
        printed = printed.replace(",", "")
    try:
        return str(Decimal(printed.replace(",", ".")))
    except InvalidOperation:
        return None


def read_count(text: str) -> str | None:
    """A whole number without leading zeros."""
    match = re.search(r"\d+", re.sub(r"^\W*[Il|](?=\W|$)", "1", text))
    return str(int(match.group())) if match else None


def read_grade(text: str) -> str | None:
    """The grade of a building without the word for it (`cấp IV` is `IV`)."""
    plain = read_text(text)
    return re.sub(r"^cấp\s+(?=\S)", "", plain, flags=re.IGNORECASE) if plain else None


def read_time(text: str) -> str | None:
    """A time of day as `HH:MM`."""
    match = _TIME.search(text)
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None  # noqa: PLR2004


def read_gender(text: str) -> str | None:
    """`Nam` or `Nữ`; a ticked box wins where both are printed."""
    plain = fold(text)
    if ticked := read_tick(text):
        return {"nam": "Nam", "nu": "Nữ"}.get(fold(ticked))
    if re.search(r"[☐□]\s*\w", text) and not re.search(r"[☒☑]", text):
        return None
    found = re.findall(r"\b(nam|nu|trai|gai)\b", re.sub(r"viet nam", "", plain))
    if not found and len(plain) == 3 and Levenshtein.distance(plain, "nam") == 1:  # noqa: PLR2004 - `Naw`, `Nem`
        return "Nam"
    kinds = {"Nam" if word in {"nam", "trai"} else "Nữ" for word in found}
    return kinds.pop() if len(kinds) == 1 else None


def read_tick(text: str) -> str | None:
    """The first word of the choice whose box is ticked; boxes stand before their words or after them."""
    boxes = re.sub(r"\[\s*[xXvV]\s*\]", "☒", re.sub(r"\[\s*\]|[□◻▢]", "☐", text)).replace("☑", "☒").replace("✓", "☒")
    before = re.match(r"\W*[☒☐]", boxes)
    ticked = re.search(r"☒\s*(\w+)" if before else r"(\w+)\s*:?\s*☒", boxes)
    return ticked[1] if ticked else None


def read_ethnicity(text: str) -> str | None:
    """One of the 54 peoples, mended from OCR when it is near one; otherwise the first word as printed."""
    plain = tidy(text).strip(".,;: ")
    if fold(plain) == "viet nam":  # of the line of nationalities
        return None
    return repair_from(plain, ETHNICITIES) or (plain.split(",")[0] if plain and plain[0].isupper() else None)


def read_nationality(text: str) -> str | None:
    """The country; `Việt Nam` in all its spellings."""
    plain = tidy(text).strip(".,;: ")
    letters = fold(plain).replace(" ", "")
    if letters == "viet" or Levenshtein.distance(letters[:8], "vietnam", score_cutoff=1) <= 1:
        return "Việt Nam"
    known = plain and plain[0].isupper() and letters != "nam"  # `Nam` is a sex
    return plain if known and not re.search(r"\d", plain) else None


def read_email(text: str) -> str | None:
    """An address of electronic mail."""
    match = _EMAIL.search(text.replace(" ", ""))
    return match.group() if match else None


def read_text(text: str) -> str | None:
    """One line of text without leaders and marks at its ends."""
    plain = tidy(re.sub(r"\.{2,}|…|_{2,}", " ", text))
    plain = re.sub(r"^[Ll]à:?\s+(?=\S)", "", _ENGLISH.sub("", plain))
    plain = re.sub(r"^\(\d+\)\s*", "", plain.strip(" .,;:-–—•*|_'\"“”"))
    plain = plain + ")" if plain.count("(") > plain.count(")") else plain
    plain = plain[:-1] if plain.endswith(")") and plain.count(")") > plain.count("(") else plain
    return plain if len(re.sub(r"\W", "", plain)) > 0 else None


def read_title(text: str) -> str | None:
    """A title as a sentence: capitals all through become small ones."""
    plain = read_text(text)
    return plain.capitalize() if plain and plain.isupper() else plain


def read_drawing_title(text: str) -> str | None:
    """What a drawing shows, without the scale behind it; one word is the rest of something else."""
    plain = read_title(re.split(r"\s+t[ỷỉ](?:\s+l|$)", text, flags=re.IGNORECASE)[0])
    return plain if plain and " " in plain else None


def read_choice(text: str) -> str | None:
    """The number of the ticked choice, or the only number there is."""
    if ticked := read_tick(text):
        return read_count(ticked)
    numbers = set(re.findall(r"\d+", text))
    return str(int(numbers.pop())) if len(numbers) == 1 else None
