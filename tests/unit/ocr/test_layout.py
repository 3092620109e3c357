"""Pieces of text become lines in the order in which a page is read aloud."""

from services.dossier.page import Box, Line, Word
from services.ocr.layout import arrange
from services.ocr.table import Cell

LETTER = 0.012


def line(text: str, left: float, top: float, width: float = 0.0) -> Line:
    """One word a space, each letter as wide as letters of that height are."""
    wide = (width or 0.009 * len(text)) / len(text)
    words, at = [], left
    for word in text.split(" "):
        words.append(Word(word, Box(at, top, at + wide * len(word), top + LETTER), 0.9))
        at += wide * (len(word) + 1)
    return Line(tuple(words))


def centred(text: str, middle: float, top: float) -> Line:
    return line(text, middle - 0.0045 * len(text), top)


def read(*lines: Line) -> list[str]:
    return [found.text for found in arrange(lines)]


def test_no_pieces_give_no_lines() -> None:
    assert arrange([]) == ()


def test_rows_that_only_touch_stay_apart() -> None:
    assert read(line("một", 0.1, 0.1), line("hai", 0.3, 0.109)) == ["một", "hai"]


def test_a_heading_of_two_columns_is_read_column_by_column() -> None:
    head = [
        centred("UBND TỈNH LẠNG SƠN", 0.25, 0.05),
        centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.68, 0.051),
        centred("SỞ NỘI VỤ", 0.25, 0.07),
        centred("Độc lập - Tự do - Hạnh phúc", 0.68, 0.07),
        centred("Số: 12/SNV-VP", 0.25, 0.1),
        centred("Lạng Sơn, ngày 02 tháng 3 năm 2026", 0.68, 0.1),
        centred("V/v báo cáo số liệu", 0.25, 0.12),
        centred("Kính gửi: Ủy ban nhân dân các xã, phường", 0.5, 0.17),
    ]
    assert read(*reversed(head)) == [
        "UBND TỈNH LẠNG SƠN",
        "SỞ NỘI VỤ",
        "Số: 12/SNV-VP",
        "V/v báo cáo số liệu",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Lạng Sơn, ngày 02 tháng 3 năm 2026",
        "Kính gửi: Ủy ban nhân dân các xã, phường",
    ]


def test_a_heading_whose_columns_have_other_line_heights() -> None:
    head = [
        centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.7, 0.05),
        centred("UBND XÃ BA SƠN", 0.2, 0.058),
        centred("Độc lập - Tự do - Hạnh phúc", 0.7, 0.068),
        centred("Số: 7/GXN", 0.2, 0.08),
    ]
    assert read(*head)[:2] == ["UBND XÃ BA SƠN", "Số: 7/GXN"]


def test_an_agency_that_touches_the_motto_is_parted_from_it() -> None:
    head = [
        line("BỘ LAO ĐỘNG - THƯƠNG BINH _CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.08, 0.05),
        centred("VÀ XÃ HỘI", 0.2, 0.07),
        centred("Độc lập - Tự do - Hạnh phúc", 0.47, 0.07),
    ]
    assert read(*head) == [
        "BỘ LAO ĐỘNG - THƯƠNG BINH",
        "VÀ XÃ HỘI",
        "_CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]


def test_a_banner_above_a_heading_is_not_part_of_it() -> None:
    page = [
        line("Thời gian", 0.1, 0.03),
        line("ký: 09.07.2025 08:44:47", 0.5, 0.03),
        centred("BỘ CÔNG AN", 0.22, 0.05),
        centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.68, 0.05),
        centred("Số: 51/2025/TT-BCA", 0.22, 0.07),
        centred("Độc lập - Tự do - Hạnh phúc", 0.68, 0.07),
    ]
    assert read(*page)[1:4] == ["BỘ CÔNG AN", "Số: 51/2025/TT-BCA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def test_recipients_come_before_the_signature_beside_them() -> None:
    foot = [
        line("Thôn Nà Pàn, ngày ký như trên, các bên thống nhất nội dung đã ghi và cùng ký tên.", 0.12, 0.7),
        line("Nơi nhận:", 0.12, 0.75),
        centred("TM. ỦY BAN NHÂN DÂN", 0.7, 0.75),
        line("- Như trên;", 0.12, 0.765),
        centred("CHỦ TỊCH", 0.7, 0.77),
        line("- Lưu: VT.", 0.12, 0.78),
        centred("Hoàng Văn Đông", 0.7, 0.88),
    ]
    assert read(*foot)[1:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Hoàng Văn Đông",
    ]


def test_a_date_above_two_signatures_comes_first() -> None:
    foot = [
        line("Ba Sơn, ngày 16 tháng 11 năm 2026", 0.55, 0.5),
        centred("Bên nữ", 0.28, 0.53),
        centred("Bên nam", 0.7, 0.53),
        centred("(Ký, ghi rõ họ tên)", 0.28, 0.55),
        centred("(Ký, ghi rõ họ tên)", 0.7, 0.55),
        centred("Liễu Kim Chi", 0.28, 0.64),
        centred("Lục Quang Tuấn", 0.7, 0.641),
    ]
    assert read(*foot) == [
        "Ba Sơn, ngày 16 tháng 11 năm 2026",
        "Bên nữ",
        "(Ký, ghi rõ họ tên)",
        "Liễu Kim Chi",
        "Bên nam",
        "(Ký, ghi rõ họ tên)",
        "Lục Quang Tuấn",
    ]


def test_a_line_after_signatures_comes_after_both() -> None:
    foot = [
        centred("BÊN A", 0.29, 0.6),
        centred("BÊN B", 0.7, 0.6),
        centred("Mã Hải Thuận", 0.29, 0.7),
        centred("Lục Tuấn Nghĩa", 0.7, 0.7),
        line("LỜI CHỨNG CỦA CÔNG CHỨNG VIÊN VÀ SỐ", 0.13, 0.72),
    ]
    assert read(*foot) == ["BÊN A", "Mã Hải Thuận", "BÊN B", "Lục Tuấn Nghĩa", "LỜI CHỨNG CỦA CÔNG CHỨNG VIÊN VÀ SỐ"]


def test_labels_in_two_columns_are_read_row_by_row() -> None:
    form = [
        line("Ngày sinh: 01/02/1990", 0.12, 0.3),
        line("Giới tính: Nam", 0.55, 0.3),
        line("Dân tộc: Tày", 0.12, 0.33),
        line("Quốc tịch: Việt Nam", 0.55, 0.33),
        line("Ngày cấp: 09/08/2021", 0.12, 0.36),
        line("Nơi cấp: Bộ Công an", 0.55, 0.36),
    ]
    assert read(*form) == [
        "Ngày sinh: 01/02/1990 Giới tính: Nam",
        "Dân tộc: Tày Quốc tịch: Việt Nam",
        "Ngày cấp: 09/08/2021 Nơi cấp: Bộ Công an",
    ]


def test_labels_with_values_in_a_column_beside_them_are_read_row_by_row() -> None:
    form = [
        item
        for row, (label, value) in enumerate(
            [("Họ và tên:", "LƯƠNG VĂN QUÝ"), ("Ngày sinh:", "01/02/1990 tại xã"), ("Dân tộc:", "Tày, không tôn giáo"),
             ("Quê quán:", "xã Ba Sơn, Lạng Sơn"), ("Nơi ở nay:", "xã Mai Pha, Lạng Sơn")]
        )
        for item in (line(label, 0.12, 0.3 + 0.025 * row), line(value, 0.4, 0.3 + 0.025 * row))
    ]  # fmt: skip
    assert read(*form)[:2] == ["Họ và tên: LƯƠNG VĂN QUÝ", "Ngày sinh: 01/02/1990 tại xã"]


def test_text_set_in_two_columns_is_read_column_by_column() -> None:
    left = [f"cột trái dòng thứ {number} dài như nhau" for number in range(6)]
    right = [f"cột phải dòng thứ {number} dài như nhau" for number in range(6)]
    page = [line(text, 0.1, 0.3 + 0.02 * row) for row, text in enumerate(left)]
    page += [line(text, 0.55, 0.3 + 0.02 * row) for row, text in enumerate(right)]
    assert read(*page) == [*left, *right]


def test_a_ruled_table_is_read_cell_by_cell() -> None:
    cells = tuple(
        Cell(row, column, Box(0.1 + 0.4 * column, 0.4 + 0.06 * row, 0.5 + 0.4 * column, 0.46 + 0.06 * row))
        for row in range(2)
        for column in range(2)
    )
    lines = [
        line("Sau bảng", 0.1, 0.6),
        line("Bên nữ", 0.12, 0.41),
        line("Bên nam", 0.52, 0.41),
        line("thôn Nà Pàn, xã", 0.12, 0.47),
        line("Thôn Cốc Nam, xã", 0.52, 0.47),
        line("Ba Sơn", 0.12, 0.49),
        line("Thiện Thuật", 0.52, 0.49),
        line("Trước bảng", 0.1, 0.3),
    ]
    found = arrange(lines, (cells,))
    assert [item.text for item in found] == [
        "Trước bảng",
        "Bên nữ",
        "Bên nam",
        "thôn Nà Pàn, xã",
        "Ba Sơn",
        "Thôn Cốc Nam, xã",
        "Thiện Thuật",
        "Sau bảng",
    ]
    assert [item.cell for item in found[1:4]] == [(0, 0), (0, 1), (1, 0)]
    assert (found[0].cell, found[-1].cell) == (None, None)
    assert [found[0].block, found[1].block, found[-2].block, found[-1].block] == [0, 1, 1, 2]


def test_figures_in_a_comb_are_one_number_beside_their_label() -> None:
    comb = tuple(Cell(0, at, Box(0.4 + 0.03 * at, 0.4, 0.43 + 0.03 * at, 0.42)) for at in range(6))
    figures = [line(text, 0.41 + 0.03 * at, 0.404) for at, text in enumerate("020190")]
    found = arrange([*reversed(figures), line("Số định danh:", 0.22, 0.404)], (comb,))
    assert [item.text for item in found] == ["Số định danh: 020190"]
    assert found[0].cell is None


def test_a_line_over_a_rule_is_cut_there() -> None:
    cells = (Cell(0, 0, Box(0.1, 0.4, 0.2, 0.45)), Cell(0, 1, Box(0.2, 0.4, 0.5, 0.45)))
    assert [item.text for item in arrange([line("Dân tộc Tày", 0.115, 0.41)], (cells,))] == ["Dân tộc", "Tày"]


def test_a_form_line_with_wide_gaps_is_one_line_though_the_lines_below_look_like_a_column() -> None:
    found = read(
        *[
            line("Người khai NÔNG XUÂN TIẾN", 0.128, 0.18),
            line(", sinh 04 tháng 11 năm 1981", 0.449, 0.18),
            line("Định danh 020081044926", 0.127, 0.2),
            line(", gọi 0363226462", 0.557, 0.2),
        ]
    )
    assert found == [
        "Người khai NÔNG XUÂN TIẾN, sinh 04 tháng 11 năm 1981",
        "Định danh 020081044926, gọi 0363226462",
    ]


def test_a_row_of_two_entries_ends_the_signatures_above_it() -> None:
    found = read(
        *[
            centred("BÊN TẶNG", 0.32, 0.467),
            centred("BÊN NHẬN TẶNG CHO", 0.71, 0.467),
            centred("Lăng Văn Thắng", 0.32, 0.5),
            centred("Mã Xuân Sinh", 0.71, 0.5),
            line("Người chứng thực: Mã Phúc", 0.133, 0.53),
            line("Số chứng thực: 7563", 0.632, 0.53),
        ]
    )
    assert found[-1] == "Người chứng thực: Mã Phúc Số chứng thực: 7563"
    assert found.index("Lăng Văn Thắng") < found.index("BÊN NHẬN TẶNG CHO")


def test_signatures_whose_titles_and_names_are_as_wide_are_read_one_after_the_other() -> None:
    signed = [
        centred("Chủ hộ nhà", 0.3, 0.5),
        centred("Người khai", 0.7, 0.5),
        centred("Đỗ Tuấn Minh", 0.3, 0.58),
        centred("Đỗ Ngọc Tiến", 0.7, 0.58),
    ]
    assert read(*signed) == ["Chủ hộ nhà", "Đỗ Tuấn Minh", "Người khai", "Đỗ Ngọc Tiến"]


def test_three_signatures_side_by_side() -> None:
    titles, names = ("VỢ", "CHỒNG", "NGƯỜI KÝ"), ("Hoàng Mai Trang", "Vy Anh Toàn", "Mã Công Nghĩa")
    places = (0.24, 0.51, 0.77)
    signed = [centred(text, at, 0.5) for text, at in zip(titles, places, strict=True)]
    signed += [centred(text, at, 0.58) for text, at in zip(names, places, strict=True)]
    assert read(*signed) == [text for pair in zip(titles, names, strict=True) for text in pair]


def test_entries_side_by_side_above_signatures_stay_on_their_row() -> None:
    form = [
        line("Nơi đăng ký: xã Vũ Lăng", 0.12, 0.46),
        line("Ngày đăng ký: 12/04/2001", 0.58, 0.46),
        centred("NGƯỜI ĐI KHAI SINH", 0.3, 0.49),
        centred("NGƯỜI KÝ", 0.7, 0.49),
        centred("Triệu Ngọc Lâm", 0.3, 0.57),
        centred("Vi Hữu Tiến", 0.7, 0.57),
    ]
    assert read(*form) == [
        "Nơi đăng ký: xã Vũ Lăng Ngày đăng ký: 12/04/2001",
        "NGƯỜI ĐI KHAI SINH",
        "Triệu Ngọc Lâm",
        "NGƯỜI KÝ",
        "Vi Hữu Tiến",
    ]
