"""Text of the fonts before Unicode comes back as it was printed."""

import unicodedata

import pytest

from services.language import legacy
from services.language.legacy import Encoding, encoding_of, from_tcvn3, from_vni, to_unicode

SMALL = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
SENTENCE = "Đề nghị cấp giấy chứng nhận quyền sử dụng đất ở xã Ứng Hoè, nghĩa vụ đã trả đủ, kỳ hạn mỗi quý."


def test_the_tables_hold_every_letter_once() -> None:
    marked = {letter for letter in SMALL if not letter.isascii()}
    for table in (legacy._FROM_TCVN3, legacy._FROM_VNI):
        assert {letter for letter in table.values() if letter.islower()} == marked
        assert len(set(table.values())) == len(table)
        assert all(unicodedata.is_normalized("NFC", letter) for letter in table.values())


@pytest.mark.parametrize(
    ("table", "read"), [(legacy._FROM_TCVN3, from_tcvn3), (legacy._FROM_VNI, from_vni)], ids=["tcvn3", "vni"]
)
def test_round_trip(table: dict[str, str], read: object) -> None:
    assert callable(read)
    back = {new: old for old, new in table.items()}
    for text in (SENTENCE, " ".join(SMALL)):
        assert read("".join(back.get(letter, letter) for letter in text)) == text


@pytest.mark.parametrize(
    ("typed", "printed", "encoding"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam", Encoding.TCVN3),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc", Encoding.TCVN3),
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Encoding.TCVN3),
        ("quyÒn sö dông ®Êt cña ng\u00adêi d©n", "quyền sử dụng đất của người dân", Encoding.TCVN3),
        ("Tr-ëng phßng T- ph¸p, sè 12/TTr-TP", "Trưởng phòng Tư pháp, số 12/TTr-TP", Encoding.TCVN3),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam", Encoding.VNI),
        ("ÑOÄC LAÄP - TÖÏ DO - HAÏNH PHUÙC", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC", Encoding.VNI),
        ("\uf0a7éc lËp - Tù do", "Độc lập - Tự do", Encoding.TCVN3),
        ("Độc lập - Tự do - Hạnh phúc", "Độc lập - Tự do - Hạnh phúc", Encoding.UNICODE),
        ("Nhà ở có sổ, ô tô", "Nhà ở có sổ, ô tô", Encoding.UNICODE),
        ("Résumé of the naïve façade", "Résumé of the naïve façade", Encoding.UNICODE),
        ("No. 12/QD-UBND", "No. 12/QD-UBND", Encoding.UNICODE),
    ],
)
def test_known_lines(typed: str, printed: str, encoding: Encoding) -> None:
    assert encoding_of(typed) is encoding
    assert to_unicode(typed.split(" "), encoding) == printed.split(" ")
