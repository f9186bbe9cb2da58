"""Two people on one list of licences: nobody's words go."""

from dataclasses import replace

from odr_desk.rules.licence import LicenceDraft, merged

FOOD, HEALTH = LicenceDraft(id=1, kind="食品", number="A"), LicenceDraft(id=2, kind="卫生", number="B")
TOBACCO = LicenceDraft(kind="烟草")


def test_different_licences_are_both_taken():
    mine, theirs = (replace(FOOD, number="A2"), HEALTH, TOBACCO), (FOOD, replace(HEALTH, number="B2"))
    assert merged((FOOD, HEALTH), mine, theirs) == ((mine[0], theirs[1], TOBACCO), False)


def test_what_one_adds_and_the_other_takes_out_is_done():
    added = replace(TOBACCO, id=3)
    assert merged((FOOD, HEALTH), (FOOD,), (FOOD, HEALTH, added)) == ((FOOD, added), False)
    assert merged((FOOD, HEALTH), (FOOD, HEALTH), (HEALTH,)) == ((HEALTH,), False)


def test_of_one_that_both_have_changed_both_stand_there():
    mine, theirs = replace(FOOD, number="A2"), replace(FOOD, number="A3")
    assert merged((FOOD,), (mine,), (theirs,)) == ((mine, replace(theirs, id=None)), True)
    assert merged((FOOD,), (mine,), (mine,)) == ((mine,), False)


def test_what_one_has_taken_out_and_the_other_changed_stays():
    changed = replace(FOOD, number="A2")
    assert merged((FOOD,), (), (changed,)) == ((changed,), True)
    assert merged((FOOD,), (changed,), ()) == ((replace(changed, id=None),), True)
