"""Values as the product writes them."""

import pytest

from services.dossier.machine_zone import check_digit
from services.extract import normal, numbers


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("ngày 05 tháng 10 năm 2026", "2026-10-05"),
        ("5/3/1990", "1990-03-05"),
        ("O5.03.199O", "1990-03-05"),
        ("0 2 0 9 1 9 9 5", "1995-09-02"),
        ("1995", "1995"),
        ("tháng 3 năm 2020", "2020-03"),
        ("31/02/2020", None),
        ("ngày mồng hai tháng chín năm hai nghìn không trăm hai mươi sáu", "2026-09-02"),
        ("không nhớ", None),
    ],
)
def test_dates(printed: str, value: str | None) -> None:
    assert normal.read_date(printed) == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("NGUYỄN VĂN AN", "Nguyễn Văn An"),
        ("Ông: Hoàng Văn Thắng, sinh năm 1990", "Hoàng Văn Thắng"),
        ("020090001234", None),
        ("An", None),
        ("Người Ký", None),
        ("PHÓ CHỦ TỊCH", None),
        ("Người đi Khai Sinh", None),
        ("Bằng Kỹ Sư", None),
        ("Bằng Văn Kỳ", "Bằng Văn Kỳ"),
    ],
)
def test_names(printed: str, value: str | None) -> None:
    assert normal.read_name(printed) == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("020 090 001 234", "020090001234"),
        ("O20O90001234 cấp ngày 1/1/2021", "020090001234"),
        ("CMND số 080123456", "080123456"),
        ("12345", None),
    ],
)
def test_personal_numbers(printed: str, value: str | None) -> None:
    assert normal.read_citizen_id(printed) == value


def test_phones_money_numbers() -> None:
    assert normal.read_phone("ĐT: 0912 345 678") == "0912345678"
    assert normal.read_phone("+84 912345678") == "0912345678"
    assert normal.read_money("1.250.000 đồng (Một triệu...)") == "1250000"
    assert normal.read_number("1.250,5 m2") == "1250.5"
    assert normal.read_number("120,5") == "120.5"
    assert numbers.read_weight("3,2 kg") == "3200"
    assert numbers.read_serial("BH 123456 do UBND") == "BH 123456"


def test_gender_from_a_ticked_box() -> None:
    assert normal.read_gender("☐ Nam ☒ Nữ") == "Nữ"
    assert normal.read_gender("Nam, nữ") is None


def test_check_digit_of_the_worked_example() -> None:
    assert check_digit("190001234") == 2
    assert check_digit("900215") == 5
    assert check_digit("300215") == 3
