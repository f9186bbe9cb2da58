import zipfile
from pathlib import Path

import pytest

from odr_desk.rules.keeping import Why
from odr_desk.store import backup, place

DATA = Path(__file__).parents[1] / "data"


def _numbers(answer):
    """Return the files of the rows that repeat no other."""
    return {row["merchant_no"] for row in answer["rows"] if row["verdict"] in ("new", "same")}


def test_the_tenants_list_comes_in_once_and_goes_again(desk_port):
    seen = desk_port.get("import", profile="tenants", path=str(DATA / "tenants.xlsx"))
    assert (seen["counts"]["new"], seen["counts"]["duplicate"], seen["batch_no"]) == (120, 4, None)
    done = desk_port.get("import", profile="tenants", path=str(DATA / "tenants.xlsx"), apply=True)
    again = desk_port.get("import", profile="tenants", path=str(DATA / "tenants.xlsx"), apply=True)
    assert (again["counts"]["new"], again["batch_no"]) == (0, None)
    for answer in (done, again):  # a repeat names the file of the row that it repeats
        assert {row["merchant_no"] for row in answer["rows"] if row["verdict"] == "duplicate"} < _numbers(answer)
    assert desk_port.get("merchant.find", text="jxyj")["rows"]
    (before,) = backup.listed(desk_port.session.database.folder / place.BACKUPS)
    assert (before.manifest.why, before.manifest.counts["merchants"]) == (Why.IMPORT, 0)
    desk_port.get("import.undo", batch_no=done["batch_no"])
    assert desk_port.get("merchant.find", text="jxyj")["rows"] == []


def test_the_export_of_the_platform_becomes_cases_and_goes_again(desk_port):
    path = str(DATA / "platform.xlsx")
    seen = desk_port.get("import", profile="platform", path=path)
    assert (seen["counts"]["new"], seen["counts"]["duplicate"], seen["batch_no"]) == (60, 1, None)
    assert {row["case_no"] for row in seen["rows"]} == {None}
    done = desk_port.get("import", profile="platform", path=path, apply=True)
    rows = {row["row"]: row for row in done["rows"]}
    assert (rows[2]["verdict"], rows[2]["case_no"]) == ("new", "XSBBB-2026-0001")
    assert "末尾几位已经丢失" in rows[2]["message"]
    assert (rows[65]["verdict"], rows[65]["case_no"]) == ("duplicate", rows[3]["case_no"])
    shown = desk_port.get("case.show", case_no="XSBBB-2026-0001")
    assert shown["state"] == "pending"
    again = desk_port.get("import", profile="platform", path=path, apply=True)
    assert (again["counts"]["same"], again["batch_no"]) == (60, None)
    assert again["rows"][0]["case_no"] == "XSBBB-2026-0001"
    assert again["rows"][-1]["case_no"] == rows[3]["case_no"]
    assert desk_port.get("import.undo", batch_no=done["batch_no"])["counts"]["new"] == 60
    assert desk_port.get("case.find", text="19900002001")["total"] == 0


def test_a_heading_the_program_does_not_know_is_named_by_the_caller(desk_port, tmp_path):
    path = tmp_path / "平台.csv"
    path.write_text("登记时间,被投诉企业,机主\n2026-11-20,金禧珠宝,19900009001\n", encoding="utf-8")
    given = {"profile": "platform", "path": str(path)}
    assert "这几列没有用到：机主" in desk_port.get("import", **given)["notes"]
    named = desk_port.get("import", **given, mapping={"机主": "consumer_phone"}, apply=True)
    assert named["notes"][0].startswith("1 家不在商户名录")
    shown = desk_port.get("case.show", case_no=named["rows"][0]["case_no"])
    assert shown["consumer_phone"] == "19900009001"
    wrong = desk_port.refused("import", **given, mapping={"机主": "colour"})
    assert (wrong["code"], wrong["field"]) == ("invalid", "mapping")
    assert "consumer_phone 联系电话" in wrong["message"]
    assert desk_port.refused("import", **given, mapping=["机主"])["field"] == "mapping"


def test_a_kind_of_import_that_there_is_not_is_named(desk_port):
    refused = desk_port.refused("import", profile="ledger", path="x.xlsx")
    assert (refused["code"], refused["field"]) == ("invalid", "profile")
    assert "tenants 商户清单、platform 12315平台导出" in refused["message"]


def test_a_file_that_is_no_workbook_is_said_to_be_none(desk_port, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_text("hello")
    assert desk_port.refused("import", profile="tenants", path=str(path))["code"] == "unsafe_file"
    missing = desk_port.refused("import", profile="tenants", path=str(tmp_path / "none.xlsx"))
    assert "none.xlsx" in missing["message"]


def _spoilt(folder):
    """Files that cannot be imported, and what is said of each."""
    whole = (DATA / "platform.xlsx").read_bytes()
    many = "登记时间,被投诉企业\n" + "2026-11-20,甲\n" * 5001
    contents = {
        "文字.xlsx": ("一段文字".encode(), "不是"),
        "空.xlsx": (b"", "是空文件"),
        "截断.xlsx": (whole[: len(whole) // 2], "已损坏"),
        "坏.xlsx": (whole[:9000] + bytes(2000) + whole[11000:], "已损坏"),
        "有密码.xlsx": (
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
            "已加密",
        ),
        "照片.xlsx": (b"\xff\xd8\xff\xe0", "图片"),
        "别的表.csv": ("品名,数量\n苹果,3\n".encode(), "找不到“12315平台导出”的表头"),
        "没有数据.csv": ("登记时间,被投诉企业\n".encode(), "只有表头"),
        "五千零一.csv": (many.encode(), "有 5,001 行，一次最多导入 5,000 行"),
        "六万.csv": (("登记时间,被投诉企业\n" + ",\n" * 60_000).encode(), "超过 50,000 行"),
    }
    for name, (content, words) in contents.items():
        (folder / name).write_bytes(content)
        yield folder / name, words
    with zipfile.ZipFile(folder / "压缩包.xlsx", "w") as archive:
        archive.writestr("readme.txt", "x")
    yield folder / "压缩包.xlsx", "是压缩包"
    yield folder / "没有.xlsx", "找不到文件"
    yield folder, "是文件夹"


def test_what_cannot_be_read_is_refused_in_words_and_nothing_is_written(desk_port, tmp_path):
    before = desk_port.get("dump")["lines"]
    for path, words in _spoilt(tmp_path):
        refused = desk_port.refused("import", profile="platform", path=str(path), apply=True)
        assert refused["code"] in {"invalid", "unsafe_file"}, path
        assert words in refused["message"], refused
        assert path.name in refused["message"] or str(path) in refused["message"]
    assert desk_port.get("dump")["lines"] == before


def test_a_file_somebody_keeps_to_himself_is_said_to_be_in_use(desk_port, tmp_path, monkeypatch):
    path = tmp_path / "占用.xlsx"
    path.write_bytes((DATA / "platform.xlsx").read_bytes())
    opened = Path.open

    def kept(self, *arguments, **options):
        if self.name == path.name:
            raise PermissionError(13, "used by another process", str(self))
        return opened(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", kept)
    refused = desk_port.refused("import", profile="platform", path=str(path))
    assert (refused["code"], refused["field"]) == ("invalid", "path")
    assert "可能正被别的程序占用或没有权限" in refused["message"]


@pytest.mark.parametrize("path", ["", "x" * 1001, 7])
def test_a_path_that_is_none_is_refused(desk_port, path):
    refused = desk_port.refused("import", profile="platform", path=path)
    assert (refused["code"], refused["field"]) == ("invalid", "path")


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
    assert desk_port.refused("case.find", filters={"colour": "red"})["field"] == "colour"


COPIED = """登记编号：13202050000020261001
登记时间：2026-11-20 09:12:33
投诉人：周雅琴	联系电话：199 0000 0023
被投诉企业
金禧珠宝
涉及金额（元）：3,280.00
事实描述：金项链断了。
投诉请求：退货
"""


def test_a_copied_complaint_is_read_as_it_can_be_registered(desk_port):
    read = desk_port.get("import.read", text=COPIED)
    shop = desk_port.get("merchant.create", name="无锡金禧珠宝有限公司", brand="金禧珠宝", counter="A馆1F-101")
    assert (read["merchant"], read["merchant_no"]) == ("金禧珠宝", None)
    read = desk_port.get("import.read", text=COPIED)
    assert (read["merchant_no"], read["amount"]) == (shop["merchant_no"], "3280.00")
    said = {name: value for name, value in read.items() if name not in ("merchant", "remarks")}
    number = desk_port.get("case.create", channel="CH01", **said)["case_no"]
    shown = desk_port.get("case.show", case_no=number)
    assert (shown["consumer_phone"], shown["platform_no"]) == ("19900000023", read["platform_no"])


def test_text_that_is_no_complaint_is_refused(desk_port):
    assert desk_port.refused("import.read", text="今天天气很好")["field"] == "text"
