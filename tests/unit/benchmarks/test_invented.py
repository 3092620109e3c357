"""The benchmark that tells whether the language model invents sees it when something was."""

from benchmarks.invented import changed, exact


def test_figures_that_were_changed_are_seen() -> None:
    assert changed("số 12/UBND ngày 5", "sô 12/UBND ngày 5") == (0, 0)
    assert changed("số 13/UBND ngày 5", "số 12/UBND ngày 5") == (1, 1)
    assert changed("TỈNH 12.Tên", "TINH 12. Tên") == (0, 0)
    assert changed("số 12/UBNĐ", "số 12/UBMD") == (0, 1)


def test_dates_numbers_codes_and_names_are_counted_exactly() -> None:
    truth = "Số 12/UBND ngày 05/11/2026, CCCD 020091938142 của Nông Hải Sơn"
    assert {kind: said for kind, (said, _) in exact(truth, "").items()} == {
        "dates": 1,
        "numbers": 2,
        "codes": 1,
        "names": 1,
    }
    assert all(said == right for said, right in exact(truth, truth).values())
    assert exact(truth, truth.replace("Sơn", "Son"))["names"] == (1, 0)
