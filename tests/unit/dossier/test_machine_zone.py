"""Check digits of machine-readable zones, by the specimens of ICAO Doc 9303, parts 4 and 5."""

from services.dossier.machine_zone import proof_of

PASSPORT = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
CARD = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")


def test_the_specimens_hold() -> None:
    assert proof_of(PASSPORT) == 3
    assert [proof_of(line) for line in CARD] == [1, 2, 0]


def test_a_wrong_figure_is_told() -> None:
    assert proof_of(PASSPORT.replace("740812", "740813")) == 1
    assert proof_of(CARD[0].replace("D23", "D28")) == -1
