"""Time and fee of a procedure as a citizen reads them."""

from services.catalogue.shipped import load_shipped
from services.portal.offer import fees_of
from services.wording import Language


def test_a_fee_the_province_sets_says_which_cases_it_is_for() -> None:
    """Beside "nothing to pay" it holds for the other cases; alone it stands as it is."""
    fees = {one.code: fees_of(one, None, Language.VI) for one in load_shipped()}
    assert fees["1.001193"][0][0] == "Không thu"
    assert fees["1.001193"][1][1].startswith("Trường hợp khác: lệ phí do HĐND tỉnh quy định")
    assert fees["1.004884"][0][1].startswith("Lệ phí do HĐND tỉnh quy định")
