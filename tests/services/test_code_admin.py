import pytest

from odr_desk.rules.codes import CodeDraft
from odr_desk.rules.errors import Invalid, NotAllowed
from odr_desk.services import code_admin, codes, presets


def _row(database, actor, group):
    with database.reading(actor) as work:
        return code_admin.rows(work, group)[0]


def test_a_retired_code_is_offered_no_longer_and_comes_back(database, admin):
    row = _row(database, admin, "trades")
    for retired in (True, False):
        with database.writing(admin, "code.retire") as work:
            code_admin.retire(work, row.id, retired=retired)
        with database.reading(admin) as work:
            assert (row.code in {option.code for option in codes.options(work, "trades")}) is not retired
            assert codes.names(work, "trades")[row.code] == row.short


def test_codes_that_forms_count_by_stay(database, admin):
    row = _row(database, admin, "problems")
    with pytest.raises(Invalid, match="报表"), database.writing(admin, "code.retire") as work:
        code_admin.retire(work, row.id, retired=True)


def test_the_last_one_of_a_group_stays(database, admin):
    with database.reading(admin) as work:
        first, *rest = code_admin.rows(work, "claims")
    with database.writing(admin, "code.retire") as work:
        for row in rest:
            code_admin.retire(work, row.id, retired=True)
    with pytest.raises(Invalid, match="至少要留一个"), database.writing(admin, "code.retire") as work:
        code_admin.retire(work, first.id, retired=True)


def test_a_clerk_may_not(database, clerk):
    row = _row(database, clerk, "trades")
    with pytest.raises(NotAllowed), database.writing(clerk, "code.retire") as work:
        code_admin.retire(work, row.id, retired=True)


def test_every_group_named_has_codes(database, admin):
    with database.reading(admin) as work:
        assert [title for group, title in code_admin.GROUPS if not code_admin.rows(work, group)] == []


def add(database, actor, group, **fields):
    with database.writing(actor, "code.add") as work:
        return code_admin.add(work, group, CodeDraft(**fields))


def test_a_code_of_ones_own_can_be_chosen_at_once(database, admin, clerk):
    with database.reading(admin) as work:
        free = code_admin.next_code(work, "claims")
    assert free == "C19"
    add(database, admin, "claims", code=free, name="上门取件", short="")
    with database.reading(clerk) as work:
        assert codes.options(work, "claims")[-1].short == "上门取件"
        assert codes.require(work, "claims", "上门取件", "claims", "诉求") == "C19"


@pytest.mark.parametrize(
    ("group", "fields", "field"),
    [
        ("claims", {"code": "C04", "name": "又一个"}, "code"),
        ("claims", {"code": "C19", "name": "退货"}, "name"),
        ("claims", {"code": "C1999", "name": "太长"}, "code"),
        ("claims", {"code": "诉求", "name": "不合规矩"}, "code"),
        ("trades", {"code": "M91", "name": "宠物"}, "category"),
        ("problems", {"code": "P13", "name": "新问题"}, "group"),
        ("presets", {"code": "Z91", "name": "新预设", "claims": "C99"}, "claims"),
        ("presets", {"code": "Z91", "name": "新预设", "asks": "一\n二\n三\n四\n五\n六"}, "asks"),
    ],
)
def test_what_cannot_be_added_names_its_field(database, admin, group, fields, field):
    with pytest.raises(Invalid) as refused:
        add(database, admin, group, **fields)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_another_name_is_another_code_and_the_old_one_stays_with_its_records(database, admin):
    with database.reading(admin) as work:
        place = [row.code for row in code_admin.rows(work, "trades")].index("M01")
        old = code_admin.id_of(work, "trades", "M01")
        name = code_admin.draft_of(work, old).name
    draft = CodeDraft(code="M91", name="女装内衣", category="服装鞋帽类")
    with database.writing(admin, "code.rename") as work:
        code_admin.rename(work, old, draft)
    with database.reading(admin) as work:
        assert codes.names(work, "trades")["M01"] == name
        assert "M01" not in {option.code for option in codes.options(work, "trades")}
        assert [row.code for row in code_admin.rows(work, "trades")][place : place + 2] == ["M01", "M91"]
        assert codes.category(work, "女装内衣") == "服装鞋帽类"
    with pytest.raises(Invalid, match="新的代码"), database.writing(admin, "code.rename") as work:
        code_admin.rename(work, old, CodeDraft(code="M01", name="别的", category="服装鞋帽类"))


def test_presets_come_from_the_list_and_can_be_added(database, admin, clerk):
    with database.reading(clerk) as work:
        found = presets.rows(work)
    assert [preset.short for preset in found] == ["食品过期", "商品质量", "预付卡", "价格", "售后", "尺码"]
    assert all(preset.problem and preset.claims and 2 <= len(preset.asks) <= 3 for preset in found)
    fields = {"problem": "P05", "category": "服装鞋帽类", "claims": "C01 退货", "asks": "票在不在\n\n改过几次"}
    made = add(database, admin, "presets", code="Z07", name="改衣不合身", short="改衣", **fields)
    with database.reading(admin) as work:
        preset = presets.rows(work)[-1]
        assert (preset.claims, preset.asks, preset.problem) == (("C01", "C04"), ("票在不在", "改过几次"), "P05")
        again = code_admin.draft_of(work, made)
    assert (again.asks, again.claims, again.category) == ("票在不在\n改过几次", "C01 C04", "服装鞋帽类")
    with database.writing(admin, "code.retire") as work:
        code_admin.retire(work, code_admin.id_of(work, "claims", "C04"), retired=True)
    with database.reading(admin) as work:
        assert presets.rows(work)[-1].claims == ("C01",)
