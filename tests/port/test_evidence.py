import hashlib
from pathlib import Path

import pytest
from make import make_case, make_picture
from openpyxl import load_workbook

BOX = {"page": 1, "left": 0, "top": 0, "width": 5_000, "height": 5_000}


@pytest.fixture
def case_no(database, manager):
    with database.writing(manager, "case.create") as work:
        return make_case(work).number


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "小票 1.jpg"
    path.write_bytes(make_picture())
    return path


def test_a_file_goes_through_the_child_into_the_box(desk_port, case_no, file, database):
    answer = desk_port.get("attach", case_no=case_no, path=str(file), label="小票", party="merchant")
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    assert answer == {
        "attachment_no": 1, "sha256": sha256, "bytes": file.stat().st_size, "kind": "jpeg", "pages": 1, "known": False,
    }  # fmt: skip
    [shown] = desk_port.get("case.show", case_no=case_no)["attachments"]
    told = ("attachment_no", "label", "party", "name", "bytes", "sha256", "removed")
    assert {name: shown[name] for name in told} == {
        "attachment_no": 1, "label": "小票", "party": "merchant", "name": "小票 1.jpg",
        "bytes": file.stat().st_size, "sha256": sha256, "removed": False,
    }  # fmt: skip
    again = desk_port.get("attach", case_no=case_no, path=str(file))
    assert (again["attachment_no"], again["known"]) == (1, True)
    assert not list((database.folder / "attachments").glob(".coming-*"))


def test_refusals_have_the_code_that_fits(desk_port, case_no, tmp_path, file):
    text = tmp_path / "说明.docx"
    text.write_bytes(b"PK\x03\x04" + bytes(40))
    assert desk_port.refused("attach", case_no=case_no, path=str(text))["code"] == "unsafe_file"
    big = tmp_path / "录像.jpg"
    with big.open("wb") as handle:
        handle.truncate(500 << 20)
    assert desk_port.refused("attach", case_no=case_no, path=str(big))["code"] == "unsafe_file"
    gone = desk_port.refused("attach", case_no=case_no, path=str(tmp_path / "没有.jpg"))
    assert (gone["code"], gone["field"]) == ("invalid", "path")
    assert desk_port.refused("attach", case_no="X-1", path=str(file))["code"] == "not_found"
    assert desk_port.refused("attach", case_no=case_no, path=str(file), party="邻居")["field"] == "party"
    assert desk_port.refused("attachment.update", case_no=case_no, attachment_no=7, label="x")["code"] == "not_found"
    assert desk_port.refused("attachment.update", label="x")["code"] == "invalid"


@pytest.mark.usefixtures("no_child")
def test_a_box_is_looked_after_over_the_port(desk_port, case_no, file, tmp_path):
    desk_port.get("attach", case_no=case_no, path=str(file), label="小票")
    second = tmp_path / "b.png"
    second.write_bytes(make_picture("blue", kind="PNG"))
    desk_port.get("attach", case_no=case_no, path=str(second))
    desk_port.get("attachment.update", case_no=case_no, attachment_no=2, label="合同", place=1)
    stale = {"case_no": case_no, "attachment_no": 2, "seen": {"label": "", "party": "consumer"}}
    late = desk_port.refused("attachment.update", label="发票", **stale)
    assert (late["code"], late["detail"]["mine"], late["detail"]["theirs"]) == (
        "conflict", {"label": "发票"}, {"label": "合同"}
    )  # fmt: skip
    desk_port.get("attachment.update", party="consumer", **stale)
    copy = desk_port.get("attachment.blackout", case_no=case_no, attachment_no=1, boxes=[BOX])
    assert copy["attachment_no"] == 3
    desk_port.get("attachment.remove", case_no=case_no, attachment_no=1, reason="有身份证号")
    shown = {entry["attachment_no"]: entry for entry in desk_port.get("case.show", case_no=case_no)["attachments"]}
    assert list(shown) == [2, 1, 3]
    assert (shown[1]["removed"], shown[1]["remove_reason"], shown[3]["shared_of"]) == (True, "有身份证号", 1)
    out = tmp_path / "给监管"
    out.mkdir()
    made = desk_port.get("attachment.export", case_no=case_no, out=str(out))
    assert [Path(entry["path"]).name for entry in made["files"]] == ["01 消费者 合同.png", "02 消费者 小票（遮盖）.jpg"]
    assert load_workbook(made["index"]).active["F3"].value == "遮盖副本"
    desk_port.get("attachment.restore", case_no=case_no, attachment_no=1)
    made = desk_port.get(
        "attachment.export", case_no=case_no, out=str(out), originals=True, only=[{"attachment_no": 1}]
    )
    assert Path(made["files"][0]["path"]).read_bytes() == file.read_bytes()
    assert desk_port.refused("attachment.export", case_no=case_no, out=str(out / "没有"))["field"] == "out"


@pytest.mark.usefixtures("no_child")
def test_a_closed_file_refuses_and_nothing_is_left_over(desk_port, case_no, file, database):
    refused = desk_port.refused("attachment.blackout", case_no=case_no, attachment_no=1, boxes=[BOX])
    assert refused["code"] == "not_found"
    desk_port.get("attach", case_no=case_no, path=str(file))
    assert desk_port.refused("attachment.blackout", case_no=case_no, attachment_no=1, boxes=[])["field"] == "boxes"
    assert desk_port.refused("attachment.remove", case_no=case_no, attachment_no=1, reason="")["field"] == "reason"
    assert not list((database.folder / "attachments").glob(".coming-*"))
