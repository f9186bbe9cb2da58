import sys

import pytest

from odr_desk.services import pinyin


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("金禧珠宝", ("jxzb",)),
        ("重庆小面", ("cqxm", "zqxm")),
        ("长乐路商行", ("cllsh", "cylsh")),
        ("H&M", ("hm",)),
        ("361度", ("361d",)),
        ("ＺＡＲＡ　Home", ("zarahome",)),
        ("Café乐", ("cafel", "cafey")),
        ("李𬭚面馆", ("lcmg",)),
        ("", ("",)),
        ("！——", ("",)),
    ],
)
def test_initials(name, spellings):
    assert pinyin.initials(name)[0] == spellings[0]
    assert set(spellings) <= set(pinyin.initials(name))


@pytest.mark.parametrize("surname", "单曾仇区查解翟覃召")
def test_a_surname_the_dictionary_reads_otherwise_is_kept_both_ways(surname):
    spellings = pinyin.initials(f"{surname}记面馆")
    assert {spelling[0] for spelling in spellings} >= set(pinyin.SURNAMES[surname])
    assert {spelling[1:] for spelling in spellings} == {"jmg"}


@pytest.mark.parametrize(("surname", "letter"), [("盖", "g"), ("朴", "p"), ("缪", "m")])
def test_a_surname_with_one_initial_needs_no_second(surname, letter):
    assert pinyin.initials(f"{surname}记") == (f"{letter}j",)


def test_a_surname_reading_is_not_looked_for_inside_a_name():
    assert pinyin.initials("锡山区") == ("xsq",)


def test_many_doubtful_characters_do_not_multiply():
    spellings = pinyin.initials("乐" * 30)
    assert len(spellings) == 8
    assert spellings[0] == "l" * 30
    assert all(len(spelling) == 30 for spelling in spellings)


def test_syllables_are_what_lists_are_sorted_by():
    names = ["周大福", "安踏", "H&M", "金禧珠宝"]
    assert sorted(names, key=pinyin.syllables) == ["安踏", "H&M", "金禧珠宝", "周大福"]


def test_the_key_never_cuts_a_spelling():
    names = ["乐" * 60, "行" * 60, "重" * 60]
    kept = pinyin.key(names)
    assert len(kept) <= 600
    assert {len(spelling) for spelling in kept.split()} == {60}
    assert kept.startswith("l" * 60)


def test_importing_the_module_does_not_load_the_dictionary():
    import subprocess

    code = "import sys, odr_desk.services.pinyin; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
