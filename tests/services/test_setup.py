import pytest

from odr_desk.rules.mall import Mall
from odr_desk.services import setup


@pytest.mark.parametrize(
    ("said", "uscc", "district"),
    [
        ("", "", "32"),
        ("", "91320205MA0000000M", "320205"),
        ("", "９１３３０１０６MA2CFDWP4N", "330106"),
        ("", "320205000000001", "32"),
        ("440300", "91320205MA0000000M", "440300"),
    ],
)
def test_a_mall_that_names_no_district_has_that_of_its_code_or_jiangsu(said, uscc, district):
    assert setup.completed(Mall(name="八佰伴", short_name="锡八佰伴", district=said, uscc=uscc)).district == district
