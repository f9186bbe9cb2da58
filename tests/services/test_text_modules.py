from datetime import date

import pytest
from sqlalchemy import delete, func, select

from odr_desk.model.wording import CallScript, TextModule
from odr_desk.rules.errors import Invalid, Missing, NotAllowed
from odr_desk.rules.people import PROGRAM
from odr_desk.rules.text_module import GAP, ModuleDraft, check_module
from odr_desk.services import case_file, daily, text_modules
from odr_desk.store import reference
from tests.make import make_case, make_merchant

TODAY = date(2026, 11, 23)


def draft(**changes):
    return ModuleDraft(**{"code": "ab", "title": "测试", "text": "请{消费者}回话", **changes})


def of_code(work, code):
    return next(row for row in text_modules.rows(work) if row.code == code)


def test_the_shipped_modules_are_there_and_can_be_saved_as_they_are(database, clerk):
    with database.reading(clerk) as work:
        found = text_modules.rows(work)
        assert [row.code for row in found] == [row["code"] for row in reference.rows("text_modules.csv")]
        assert len(found) >= 20
    for row in found:
        check_module(ModuleDraft(code=row.code, title=row.title, text=row.text, kinds=row.kinds, rank=row.rank))


def test_a_file_of_an_earlier_version_gets_modules_and_scripts_once(database, clerk):
    with database.engine.begin() as connection:
        connection.execute(delete(TextModule))
        connection.execute(delete(CallScript))
    assert {"text_modules", "call_scripts"} <= daily.turn_day(database)
    with database.writing(clerk, "module.retire") as work:
        assert len(text_modules.rows(work)) >= 20
        text_modules.retire(work, "wj")
        before = work.session.scalar(select(func.count()).select_from(CallScript))
    daily.turn_day(database)
    with database.reading(clerk) as work:
        assert of_code(work, "wj").retired
        assert work.session.scalar(select(func.count()).select_from(CallScript)) == before == 26


def test_a_module_is_filled_from_the_case_and_the_mall(database, clerk):
    with database.writing(PROGRAM, "case.create") as work:
        shop = make_merchant(work, contact="陈莉")
        case = make_case(work, merchant_no=shop.number, purchase_date=None)
        number = case.number
    with database.reading(clerk) as work:
        shelf = text_modules.shelf(work)
        values = text_modules.values(case_file.detail(work, number))
    row = text_modules.ModuleRow(
        "x",
        "x",
        "{消费者}|{商户}|{店方联系人}|{金额}|{购买日期}|{编号}|{首答期限}|{和解期限}|{商场}|{商场电话}|{我}",
        "",
        0,
        False,
    )
    assert shelf.filled(row, values, TODAY) == (
        f"周女士|金禧珠宝|陈莉|3,280.00 元|{GAP}|{number}|11月28日（周六）|12月7日（周一）|锡八佰伴|0510-88000000|王敏"
    )


def test_a_clerk_adds_changes_and_retires_and_it_is_journaled(database, clerk):
    with database.writing(clerk, "module.save") as work:
        text_modules.save(work, draft(code="AB"))
        assert of_code(work, "ab").rank > of_code(work, "wj").rank
    with database.writing(clerk, "module.save") as work:
        text_modules.save(work, draft(code="ac", text="换了说法", rank=1), code="ab")
        assert (of_code(work, "ac").text, text_modules.rows(work)[0].code) == ("换了说法", "ac")
        text_modules.retire(work, "ac")
        assert text_modules.rows(work)[-1].code == "ac"
        assert "ac" not in {row.code for row in text_modules.shelf(work).modules}
        text_modules.retire(work, "ac", retired=False)
        assert "ac" in {row.code for row in text_modules.shelf(work).modules}
        assert work.session.scalars(select(TextModule.code).where(TextModule.code == "ab")).all() == []


@pytest.mark.parametrize(("code", "change"), [("wj", ""), ("sl", "wj")])
def test_two_modules_never_share_a_code(database, clerk, code, change):
    with pytest.raises(Invalid, match="已用在"), database.writing(clerk, "module.save") as work:
        text_modules.save(work, draft(code=code), code=change)


def test_what_is_gone_cannot_be_changed(database, clerk):
    with pytest.raises(Missing), database.writing(clerk, "module.save") as work:
        text_modules.save(work, draft(), code="zzz")


def test_who_does_not_write_cases_does_not_write_modules(database, auditor):
    with database.reading(auditor) as work:
        assert text_modules.rows(work)
        with pytest.raises(NotAllowed):
            text_modules.save(work, draft())
        with pytest.raises(NotAllowed):
            text_modules.retire(work, "wj")


def test_a_module_is_for_the_ways_it_names(database, clerk):
    with database.reading(clerk) as work:
        meeting = of_code(work, "dt")
    assert meeting.is_for("meeting")
    assert not meeting.is_for("call")
    assert text_modules.ModuleRow("x", "x", "x", "", 0, False).is_for("call")
