"""The title as it is printed on a page, whatever it says: what a paper of no known kind is called."""

import re

from services.dossier.compare import fold
from services.dossier.page import Line, Page

TITLE_BELOW = 0.6  # titles stand above this height
MOST_LINES = 4
_OPENS = re.compile(
    r"^(to khai|don|giay|phieu|bien ban|ban (ve|cam ket|ke|khai|sao|trich|thuyet minh|dang ky|mo ta)|van ban|danh sach|"
    r"bao cao|so yeu|so ho|hop dong|thong bao|ho so|quyet dinh|trich luc|to trinh|ke hoach|chung chi|chung nhan|"
    r"bang (tot|cu|ky|thac|tien|khen|diem|ke)|the can|cam ket|hoa don|bien lai|nghi dinh|thong tu|luat|nghi quyet)\b"
)
_ENDS = re.compile(r"^(kinh gui|gui|so\b|mau|ho va ten|ho chu dem|can cu|ngay|cong hoa|doc lap|cap cho|\d|i+\b)")


def find_printed_title(page: Page) -> str:
    """The first lines in capitals that begin as titles do, joined; "" where there is none."""
    lines = [line for line in page.lines if line.words and line.box.top < TITLE_BELOW]
    for at, line in enumerate(lines):
        if _is_capital(line) and _OPENS.match(fold(line.text)):
            return _joined(lines[at : at + MOST_LINES])
    return ""


def _joined(lines: list[Line]) -> str:
    parts = [lines[0].text]
    for line in lines[1:]:
        if not _is_capital(line) or _ENDS.match(fold(line.text)):
            break
        parts.append(line.text)
    return " ".join(parts)


def _is_capital(line: Line) -> bool:
    letters = [char for char in line.text if char.isalpha()]
    return len(letters) > 3 and sum(char.isupper() for char in letters) > 0.7 * len(letters)  # noqa: PLR2004
