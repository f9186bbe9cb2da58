import dataclasses

import pytest

from odr_desk.model.reference import Setting
from odr_desk.rules.mall import Mall
from odr_desk.store import settings


def test_settings_come_back_as_they_were_saved(database, admin):
    mall = Mall(name="示例商场", short_name="示例", number_width=5, case_prefix="SL")
    with database.writing(admin, "mall.change") as work:
        settings.save(work, mall)
    with database.reading(admin) as work:
        assert settings.load(work, Mall) == mall


def test_before_the_first_saving_there_are_none(database, admin):
    with database.writing(admin, "x") as work:
        work.session.delete(work.session.get_one(Setting, "mall"))
    with database.reading(admin) as work:
        assert settings.load(work, Mall) is None


def test_a_field_that_has_gone_is_passed_over_and_a_new_one_has_its_default(database, admin):
    with database.writing(admin, "x") as work:
        work.session.get_one(Setting, "mall").value = '{"name": "甲", "short_name": "乙", "fax": "1"}'
    with database.reading(admin) as work:
        found = settings.load(work, Mall)
    assert found == Mall(name="甲", short_name="乙")


def test_every_kind_has_its_own_key():
    assert len(set(settings.KEYS.values())) == len(settings.KEYS)
    assert all(dataclasses.is_dataclass(kind) for kind in settings.KEYS)


def test_what_nobody_declared_cannot_be_saved(database, admin):
    with pytest.raises(KeyError), database.writing(admin, "x") as work:
        settings.save(work, "a text")


def test_single_values(database, admin):
    with database.writing(admin, "x") as work:
        assert settings.read(work, "backup.second_place", "none") == "none"
        settings.write(work, "backup.second_place", "E:/备份")
        settings.write(work, "backup.second_place", "F:/备份")
    with database.reading(admin) as work:
        assert settings.read(work, "backup.second_place") == "F:/备份"
