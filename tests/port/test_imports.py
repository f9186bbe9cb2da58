from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


def test_the_tenants_list_comes_in_once_and_goes_again(desk_port):
    seen = desk_port.get("import", profile="tenants", path=str(DATA / "tenants.xlsx"))
    assert (seen["counts"]["new"], seen["counts"]["duplicate"], seen["batch_no"]) == (120, 4, None)
    done = desk_port.get("import", profile="tenants", path=str(DATA / "tenants.xlsx"), apply=True)
    again = desk_port.get("import", profile="tenants", path=str(DATA / "tenants.xlsx"), apply=True)
    assert (again["counts"]["new"], again["batch_no"]) == (0, None)
    assert desk_port.get("merchant.find", text="jxyj")["rows"]
    desk_port.get("import.undo", batch_no=done["batch_no"])
    assert desk_port.get("merchant.find", text="jxyj")["rows"] == []


def test_a_file_that_is_no_workbook_is_said_to_be_none(desk_port, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_text("hello")
    assert desk_port.refused("import", profile="tenants", path=str(path))["code"] == "unsafe_file"
    missing = desk_port.refused("import", profile="tenants", path=str(tmp_path / "none.xlsx"))
    assert "none.xlsx" in missing["message"]


def test_equal_states_give_equal_dumps(desk_port):
    before = desk_port.get("dump")["lines"]
    assert desk_port.get("dump")["lines"] == before
    desk_port.get("merchant.create", name="新店", counter="B1-099")
    assert desk_port.get("dump")["lines"] != before


def test_cases_are_found_by_filters_and_text(desk_port):
    shop = desk_port.get("merchant.create", name="新店", counter="B1-099")["merchant_no"]
    number = desk_port.get(
        "case.create", merchant_no=shop, channel="CH06", received_at="2026-11-02", consumer={"name": "钱先生"},
        product="手机",
    )["case_no"]  # fmt: skip
    found = desk_port.get("case.find", filters={"merchant_no": shop, "overdue": True})
    assert [row["case_no"] for row in found["rows"]] == [number]
    assert desk_port.get("case.find", text="钱先生")["total"] == 1
    assert desk_port.refused("case.find", filters={"colour": "red"})["field"] == "filter_colour"
