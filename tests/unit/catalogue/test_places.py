"""Addresses of two levels and of the time of districts."""

from services.catalogue.places import all_units, parse_address, units_now


def test_there_are_65_units() -> None:
    assert len(all_units()) == 65


def test_an_old_address_is_told_from_a_new_one() -> None:
    new, old = (
        parse_address("thôn Nà Sa, xã Cao Lộc, tỉnh Lạng Sơn"),
        parse_address("Xã Yên Trạch, huyện Cao Lộc, tỉnh Lạng Sơn"),
    )
    assert (new.place, new.commune, new.district, new.province) == ("thon na sa", "xa cao loc", "", "lang son")
    assert not new.is_old
    assert old.is_old


def test_an_old_commune_lies_in_a_unit_of_today() -> None:
    assert units_now(parse_address("Xã Yên Trạch, huyện Cao Lộc, tỉnh Lạng Sơn")) == {"Phường Đông Kinh"}
    assert units_now(parse_address("Số 3, phường Đông Kinh, Lạng Sơn")) == {"Phường Đông Kinh"}
    assert not units_now(parse_address("phường Bến Nghé, Thành phố Hồ Chí Minh"))
