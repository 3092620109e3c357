"""Lines of a machine-readable zone are known by their shape, and the check digits choose between two readings."""

from services.ocr.letters import Letter
from services.ocr.machine_zone import AGREED, LONE, PROVEN, as_seen, choose, placed, zone_lines


def letters(text: str, unsure: str = "") -> list[Letter]:
    return [Letter(((x, 0.0),), 0.2 if x in unsure else 0.9, at, at) for at, x in enumerate(text)]


ZONE = ("I-UTOD231458907---:---:-----:--", "7408122F1204159UTO-:cccccc:cc6", "ERIKSSON--ANNAKMARIA&ccccccccc")


def test_a_zone_has_two_lines_at_least() -> None:
    assert zone_lines([letters(text) for text in ("Họ và tên", *ZONE)]) == [1, 2, 3]
    assert zone_lines([letters(ZONE[0]), letters("Nơi cư trú")]) == []


def test_fillers_are_taken_for_other_letters_too() -> None:
    seen = ("IDVNM0946279331020094627933k x 7", "9410235M3410233VNMkxxxkxxxxxx2", "MAIk:THANHkPHONGkkkkkkkkkkkkkk")
    assert zone_lines([letters(text) for text in seen]) == [0, 1, 2]


def test_a_line_whose_fillers_ran_together_is_known_by_its_neighbours() -> None:
    short = "DOcAN HCHUNGcccKcccccc"
    assert zone_lines([letters(text) for text in ("BỘ CÔNG AN", *ZONE[:2], short)]) == [1, 2, 3]
    assert zone_lines([letters(text) for text in (*ZONE[:2], "BỘ CÔNG AN", short)]) == [0, 1]
    assert zone_lines([letters(text) for text in (ZONE[0], short)]) == []
    assert zone_lines([letters(text) for text in (*ZONE[:2], "000.00.00.H37-261107-9154")]) == [0, 1]


def test_nothing_else_is_taken_for_a_zone() -> None:
    others = ("-" * 40, "000.00.00.H37-261107-9154", "SOCIALIST REPUBLIC OF VIET NAM", "020085399488", "12/2026/TT-BTP")
    assert zone_lines([letters(text) for text in (*others, *others)]) == []


def test_what_is_no_place_of_a_zone_is_a_filler() -> None:
    assert as_seen(letters("LAKcANH-DAT&cc", unsure="K")) == "LA<<ANH<DAT<<<"


def test_check_digits_choose() -> None:
    right, wrong = "7408122F1204159UTO<<<<<<<<<<<6", "7408122F1204159UT0<<<<<<<<<<6"
    assert choose(wrong, right) == (right, PROVEN)
    assert choose(right, right.replace("740812", "740819")) == (right, PROVEN)


def test_a_line_without_check_digits_is_as_sure_as_both_agree() -> None:
    name = "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"
    assert choose("ERIKSSON<<ANNA<MARIA<<<<", name) == (name, AGREED)
    assert choose("ERIKSSEN<<ANNA<MARIA<<<<", name) == (name, LONE)
    assert choose("ERIKSSON<ANNA", "") == ("ERIKSSON<ANNA", LONE)


def test_places_tell_letters_from_figures() -> None:
    assert placed("74O8122F12O4159UT0<<<<<<<<<<<6") == "7408122F1204159UTO<<<<<<<<<<<6"
    assert placed("1<UT0D231458907<<<<<<<<<<<<<<<") == "I<UTOD231458907<<<<<<<<<<<<<<<"
    assert placed("ERIKSS0N<<ANNA<MARIA<<<<<<<<<<") == "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"
    assert placed("L898902C36UT07408122F1204159ZE184226B<<<<<10").startswith("L898902C36UTO740812")
