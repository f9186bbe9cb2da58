from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from odr_desk.rules.case import CaseDraft
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import fields_of
from odr_desk.rules.tenant_list import TenantDraft
from odr_desk.sheets import PROFILES, profile_of, profiles, reading
from odr_desk.sheets.profiles import Level, Skipped
from odr_desk.sheets.reading import Merged, Sheet, Workbook

DATA = Path(__file__).parents[1] / "data"
TENANTS = profile_of("tenants")
HEADINGS = ("楼层", "柜位号", "商户名称", "手机", "保证金(元)")


def book(*rows, **options):
    return Workbook("清单.xlsx", (Sheet("表", rows, **options),))


def test_the_tenant_list_of_the_leasing_department():
    found = profiles.read_book(reading.read(DATA / "tenants.xlsx"), TENANTS)
    assert (found.sheet, found.heading_row, found.unmapped, found.missing) == ("在场商户", 3, (), ())
    assert found.headings["商户名称（营业执照）"] == "name"
    assert len(found.rows) == 124
    assert found.skipped == (Skipped(129, "说明：以上共124户"),)
    assert found.notes == ()
    assert not any(row.is_bad for row in found.rows)
    assert found.rows[1].number == 5
    assert found.rows[1].values == {
        "floor": "B1",
        "counter": "A馆B1-102",
        "brand": "小鹿女装",
        "name": "无锡市锡山区小鹿女装商行（示例2）",
        "uscc": "91320205MA0000002U",
        "trade": "女装",
        "contact": "程敏",
        "phone": "19900001002",
        "lease_start": date(2024, 2, 14),
        "lease_end": date(2027, 2, 14),
        "deposit": 500_000,
    }
    doubted = [row.number for row in found.rows if any(remark.field == "uscc" for remark in row.remarks)]
    assert doubted == [4, 8, 17, 37, 69, 92, 106, 111]
    assert [(row.number, row.repeats, row.differs) for row in found.rows if row.repeats] == [
        (124, 20, ()),
        (125, 49, ()),
        (126, 59, ()),
        (127, 50, ()),
    ]
    assert {row.values.get("floor") for row in found.rows if not row.repeats} == {"B1", "1F", "2F", "3F", "4F", "5F"}
    assert all(row.values["lease_start"].year == 2024 and row.values["lease_end"].year == 2027 for row in found.rows)
    assert {row.values.get("deposit") for row in found.rows} == {None, 500_000, 1_000_000, 2_000_000, 3_000_000}


def test_the_export_of_the_platform():
    found = profiles.read_book(reading.read(DATA / "platform.xlsx"), profile_of("platform"))
    assert (found.heading_row, found.unmapped, len(found.rows)) == (1, (), 61)
    assert not any(row.is_bad for row in found.rows)
    first = found.rows[0]
    assert "platform_no" not in first.values
    assert first.values["received_at"] == datetime(2026, 10, 4, 22, 0, tzinfo=UTC)
    assert first.values["amount"] == 50_000
    assert [remark.field for remark in first.remarks] == ["platform_no", "amount"]
    assert "已经丢失" in first.remarks[0].message
    lost = [row.number for row in found.rows if "platform_no" not in row.values]
    assert lost == [2, 49, 59]
    assert found.rows[-1].repeats == 3
    formula = next(row for row in found.rows if row.number == 9)
    assert formula.values["facts"] == "=1+1 的赠品没给"
    assert [remark.field for remark in formula.remarks] == ["facts"]


def test_order_and_first_row_of_the_columns_do_not_matter():
    found = profiles.read_book(
        book(("清单",), (), ("手机", "商户 名称", "缺省", "铺位号"), ("199 0000 1001", "甲", "x", "A-1")), TENANTS
    )
    assert found.heading_row == 3
    assert found.unmapped == ("缺省",)
    assert found.rows[0].values == {"phone": "19900001001", "name": "甲", "counter": "A-1"}


def test_a_person_may_say_what_a_heading_means():
    table = book(("铺位", "商户名称", "电话", "押金"), ("A-1", "甲", "1", "500"))
    said = profiles.read_book(table, TENANTS, {"押金": "deposit", "电话": ""})
    assert said.rows[0].values == {"counter": "A-1", "name": "甲", "deposit": 50_000}
    assert said.unmapped == ("电话",)


def test_what_is_missing_is_named_by_its_label():
    found = profiles.read_book(book(("楼层", "商户名称", "合同起"), ("1F", "甲", "2024年"), ("1F", None, "x")), TENANTS)
    assert found.missing == ("柜位号",)
    assert [(r.level, r.field) for r in found.rows[0].remarks] == [(Level.LOOK, "lease_start"), (Level.MUST, "counter")]
    assert found.rows[1].is_bad
    assert [remark.message for remark in found.rows[1].remarks][1:] == ["没有柜位号", "没有商户名称"]


def test_an_unreadable_required_value_is_named_once():
    table = book(("登记时间", "被投诉企业", "联系电话"), ("上周", "甲", "19900001001"))
    [row] = profiles.read_book(table, profile_of("platform")).rows
    assert [(remark.level, remark.field) for remark in row.remarks] == [(Level.MUST, "received_at")]


def test_rows_that_are_no_records_are_left_out():
    found = profiles.read_book(
        book(
            HEADINGS,
            ("1F", "A-1", "甲", None, 5000),
            HEADINGS,
            (None, None, None, None, None),
            ("合计", None, None, None, 5000),
            ("合　计", 8, 8),
            ("说明：以上共3户",),
            ("制表：王敏", None, None, "2026-11-23"),
        ),
        TENANTS,
    )
    assert [row.number for row in found.rows] == [2]
    assert [row.number for row in found.skipped] == [3, 5, 6, 7, 8]
    assert found.notes == ("第 7 行写着“说明：以上共3户”，实际读到 1 行，请核对有没有漏行",)


def test_a_merged_floor_counts_for_its_rows_but_makes_no_record():
    found = profiles.read_book(
        book(HEADINGS, ("1F", "A-1", "甲"), (None, "A-2", "乙"), (), merged=(Merged(1, 0, 3, 0),)), TENANTS
    )
    assert [row.values["floor"] for row in found.rows] == ["1F", "1F"]


def test_the_same_counter_and_code_twice_is_a_repetition_and_the_difference_is_named():
    found = profiles.read_book(
        book(
            ("柜位号", "商户名称", "统一社会信用代码", "业态"),
            ("A-1", "甲", "91320205MA0000000M", "女装"),
            ("A-2", "甲", "91320205MA0000000M", "女装"),
            ("A-1", "甲新名", "91320205MA0000000M", "男装"),
            ("A-1", "甲", None, "女装"),
        ),
        TENANTS,
    )
    assert [(row.repeats, row.differs) for row in found.rows] == [
        (None, ()),
        (None, ()),
        (2, ("name", "trade")),
        (2, ()),
    ]


def test_numbers_of_their_own_tell_two_complaints_of_one_minute_apart():
    same = ("2026-11-20 09:30", "19900009001", "甲")
    found = profiles.read_book(
        book(
            ("登记编号", "登记时间", "联系电话", "被投诉企业"),
            ("1", *same),
            ("2", *same),
            ("2", *same),
            (None, *same),
            (None, "2026-11-20 09:31", *same[1:]),
        ),
        profile_of("platform"),
    )
    assert [row.repeats for row in found.rows] == [None, None, 3, 2, None]


def test_headings_without_anything_below_are_refused():
    with pytest.raises(Invalid, match="只有表头，下面没有数据"):
        profiles.read_book(book(HEADINGS, (None, None), ()), TENANTS)


def test_more_rows_than_can_be_taken_at_once_are_refused_before_they_are_read():
    headings, row = ("登记时间", "被投诉企业"), ("2026-11-20", "甲")
    with pytest.raises(Invalid, match="有 5,001 行，一次最多导入 5,000 行，没有导入；请按时间分成几份"):
        profiles.read_book(book(headings, *[row] * 5001), profile_of("platform"))


def test_a_heading_in_ten_thousands_is_read_in_ten_thousands():
    amounts = (0.5, "0.5", None, "1.5万", "约3")
    table = book(("柜位号", "商户名称", "保证金（万元）"), *((f"A-{n}", "甲", cell) for n, cell in enumerate(amounts)))
    rows = profiles.read_book(table, TENANTS).rows
    assert [row.values.get("deposit") for row in rows] == [500_000, 500_000, None, 1_500_000, 3_000_000]
    assert [remark.message for row in rows for remark in row.remarks] == [
        "“1.5万”按 15,000.00 元录入，请核对",
        "“约3”按 30,000.00 元录入，请核对",
    ]


def test_a_visible_sheet_is_preferred_and_the_best_one_taken():
    other = Sheet("封面", (("说明",), ("楼层", "电话")))
    hidden = Sheet("旧", (HEADINGS, ("1F", "A-9", "旧")), hidden=True)
    good = Sheet("新", (HEADINGS[:4], ("1F", "A-1", "甲")))
    found = profiles.read_book(Workbook("清单.xlsx", (other, hidden, good)), TENANTS)
    assert found.sheet == "新"
    assert found.notes == ()


def test_sheets_of_the_same_kind_that_were_not_read_are_named():
    row = ("1F", "A-1", "甲")
    sheets = (
        Sheet("模板", (HEADINGS, ())),
        Sheet("A馆", (HEADINGS, row)),
        Sheet("B馆", (HEADINGS, row, row)),
        Sheet("旧", (HEADINGS, row), hidden=True),
    )
    found = profiles.read_book(Workbook("清单.xlsx", sheets), TENANTS)
    assert (found.sheet, len(found.rows)) == ("A馆", 1)
    assert found.notes == ("只读了工作表“A馆”；“B馆”（2 行）也是这种表，没有读入，请把它们另存成单独的文件再导入",)


def test_a_hidden_sheet_is_read_only_with_a_word():
    found = profiles.read_book(book(HEADINGS, ("1F", "A-1", "甲"), hidden=True), TENANTS)
    assert found.notes == ("读的是隐藏的工作表“表”，请核对是不是要导入的那张",)


def test_a_table_of_another_kind_is_refused_with_the_headings_that_were_looked_for():
    with pytest.raises(Invalid, match="楼层、柜位号、品牌") as caught:
        profiles.read_book(book(("日期", "天气"), ("1", "2")), TENANTS)
    assert caught.value.problems[0].field == "path"


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.code)
def test_every_profile_reads_into_fields_of_its_draft(profile):
    draft = {"tenants": TenantDraft, "platform": CaseDraft}[profile.code]
    beside = {"platform": {"merchant", "claims", "due_at", "platform_state"}}.get(profile.code, set())
    assert {field.name for field in profile.fields} - beside <= {field.name for field in fields_of(draft)}
    assert all(profile.field(name) for key in profile.keys for name in key)
    labels = [field.label for field in profile.fields]
    assert len(labels) == len(set(labels))
