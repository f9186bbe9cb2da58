import pytest

from odr_desk.sheets import fit


@pytest.mark.parametrize(
    ("text", "places"),
    [("", 0), ("abc", 3), ("羽绒服", 6), ("A馆2F-215", 9), ("短\n长一点\nab", 6), ("“引”", 6), ("𬭚", 2)],
)
def test_chinese_takes_two_places(text, places):
    assert fit.width(text) == places


@pytest.mark.parametrize(
    ("text", "places", "count"), [("", 10, 1), ("羽绒服", 6, 1), ("羽绒服", 5, 2), ("a\n\nb", 9, 3), ("羽绒服", 0, 3)]
)
def test_lines(text, places, count):
    assert fit.lines(text, places) == count


def test_rows_grow_with_their_lines_up_to_what_a_sheet_allows():
    assert fit.height(1, 10) < fit.height(2, 10) < fit.height(2, 16)
    assert fit.height(1_000, 10) == 409


def test_smaller_type_finds_more_room():
    assert fit.places(10, 11) == pytest.approx(9.36, abs=0.01)
    assert fit.places(10, 10) > fit.places(10, 11) > fit.places(10, 16)
