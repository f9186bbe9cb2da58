import pytest

from odr_desk.papers import pages, pdf
from odr_desk.papers.content import Content, Para


@pytest.fixture(scope="module")
def two_pages():
    made = pdf.render(Content("和解协议书", "A-1", tuple(Para("乙方退还货款。" * 20) for _ in range(12))))
    assert made.pages == 2
    return made.data


def test_each_page_as_wide_as_asked(two_pages):
    found = pages.pictures(two_pages, width=680)
    assert [page.width for page in found] == [680, 680]
    for page in found:
        assert page.height == pytest.approx(680 * 297 / 210, abs=1)
        assert len(page.data) == page.stride * page.height
        assert page.stride >= page.width * 4


def test_there_is_ink_on_white(two_pages):
    first, _ = pages.pictures(two_pages, width=300)
    green = first.data[1::4]
    assert green[0] == 255
    assert 0.02 < sum(value < 200 for value in green) / len(green) < 0.3


def test_the_printer_gets_one_page_as_fine_as_it_wants(two_pages):
    page = pages.printed(two_pages, 2, dpi=150)
    assert (page.width, page.height) == (1241, 1754)
