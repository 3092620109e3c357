"""Family names as they are written: a misread first word of a name is mended where one family name alone fits."""

from functools import cache

from services.dossier.compare import fold

# family names of the census' peoples in the north and the Kinh everywhere
_WRITTEN = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Ly Nông Lương Triệu Lục Hứa Vi Vy "
    "Sầm Bế Mã Ma La Lã Lăng Lành Lộc Đàm Chu Tô Hà Hạ Mai Đinh Đoàn Trịnh Trương Phùng Liễu Tằng Tăng Chíu Tạ "
    "Cao Đào Lâm Lại Thái Tống Quách Kiều Cù Khổng Lưu Doãn Thân Nghiêm Giáp Ninh Mạc Bàn Đồng Âu Hoa Khúc Tôn "
    "Văn Từ Ứng Mông Lường Lò Cà Tòng Quàng Giàng Sùng Thào Vàng Hạng Cháng Tẩn Chảo Phàn Vương Phó Bạch Châu "
    "Diệp Đậu Giang Hàn Hầu Kim Lữ Nhữ Phí Thạch Thi Tiêu Trang Trà Trình Vạn Viên Đới Đường Thiều Tào Linh "
    "Luân Ngọc Hoàn Lèng Bành Quan Lạc Chương"
)
LEAST_WORDS = 3  # of a name of which the first is surely the family's


@cache
def _by_letters() -> dict[str, str]:
    """Family names by their letters without marks, those left out that differ in marks alone."""
    found: dict[str, set[str]] = {}
    for name in _WRITTEN.split():
        found.setdefault(fold(name), set()).add(name)
    return {letters: min(names) for letters, names in found.items() if len(names) == 1}


def mend_surname(name: str) -> str:
    """The name with the marks of its family name put right where no family is called as it was read."""
    words = name.split(" ")
    right = _by_letters().get(fold(words[0]))
    if len(words) < LEAST_WORDS or right is None or words[0].capitalize() == right:
        return name
    return " ".join([right.upper() if words[0].isupper() else right, *words[1:]])
