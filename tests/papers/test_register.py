import re
from pathlib import Path

from odr_desk.papers import PAPERS, SHEETS

HERE = Path(__file__).parent
ALL = (*PAPERS, *SHEETS)


def test_codes_and_titles_are_given_once():
    assert len({paper.code for paper in ALL}) == len(ALL)
    assert len({paper.title for paper in ALL}) == len(ALL)


def test_every_paper_has_its_test_and_its_golden_words():
    for paper in ALL:
        assert (HERE / f"test_{paper.code}.py").is_file()
        first = (HERE / f"test_{paper.code}.txt").read_text(encoding="utf-8").splitlines()[0]
        assert first == paper.title


def test_codes_are_names_of_modules():
    assert all(re.fullmatch("[a-z_]+", paper.code) and paper.version >= 1 for paper in ALL)
