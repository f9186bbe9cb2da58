"""Text modules, call scripts, and feedback in parts, through the port."""

from datetime import date

from make import make_case

from odr_desk.rules.people import PROGRAM


def test_modules_are_listed_filled_saved_and_retired(desk_port, database):
    with database.writing(PROGRAM, "case.create") as work:
        number = make_case(work).number
    found = {row["code"]: row for row in desk_port.get("module.list", case_no=number)["modules"]}
    assert found["hf"]["filled"] == "周女士说要考虑，约定11月24日（周二）回话。"
    assert found["hf"]["kinds"] == ["call", "visit", "wechat"]
    desk_port.get("module.save", code="ZD", title="自定", text="请{消费者}稍候", kinds="call")
    desk_port.get("module.save", code="zd", title="自定二", text="请稍候", change="zd")
    desk_port.get("module.retire", code="zd")
    row = desk_port.get("module.list")["modules"][-1]
    assert (row["code"], row["title"], row["retired"]) == ("zd", "自定二", True)
    desk_port.get("module.retire", code="zd", again=True)
    error = desk_port.refused("module.save", code="q", title="坏", text="{没有}")
    assert (error["code"], error["field"]) == ("invalid", "text")
    assert desk_port.refused("module.retire", code="nix")["code"] == "not_found"


def test_scripts_are_listed_and_saved(desk_port):
    desk_port.get("script.save", problem="P01", party="consumer", points="哪天买的\n票据在不在\n要什么")
    scripts = {(row["problem"], row["party"]): row["points"] for row in desk_port.get("script.list")["scripts"]}
    assert scripts["P01", "consumer"] == ["哪天买的", "票据在不在", "要什么"]
    assert desk_port.refused("script.save", problem="P01", party="desk", points="一")["field"] == "party"


def test_feedback_may_be_entered_part_by_part(desk_port, database):
    with database.writing(PROGRAM, "case.create") as work:
        number = make_case(work, solved_on_spot=True).number
    today = date(2026, 11, 23).isoformat()
    answer = desk_port.get("feedback", case_no=number, sent_on=today, part="处理时间")
    assert answer["left"] == ["协商过程", "协商方式", "协商结果"]
    assert desk_port.get("case.show", case_no=number)["fed_back_on"] is None
    assert desk_port.refused("feedback", case_no=number, sent_on=today, part="别的")["field"] == "part"
    desk_port.get("feedback", case_no=number, sent_on=today)
    assert desk_port.get("case.show", case_no=number)["fed_back_on"] == today
