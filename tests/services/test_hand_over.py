"""The hand-over package: one folder, whole or not there, on record with its hashes."""

import hashlib
import io
from datetime import UTC, datetime

import openpyxl
import pytest
from PIL import Image

from odr_desk.rules.case import Claim
from odr_desk.rules.ending import FailDraft, FailReason
from odr_desk.rules.errors import DeskError, IllegalMove, Invalid, NotAllowed, Trouble
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.rules.evidence import EvidenceDraft, Side
from odr_desk.rules.transfer import TransferDraft
from odr_desk.services import evidence_intake, failing, hand_over, issuing, packing, timeline
from odr_desk.services.evidence_intake import Source
from odr_desk.services.packing import PackageState
from odr_desk.store.database import Database
from tests.make import make_case


@pytest.fixture
def case_no(database, mediator):
    with database.writing(mediator, "fail") as work:
        case = make_case(work, (Claim("C04", 328_000), Claim("C14")), platform_no="12315-7")
        at = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
        timeline.add(work, case, EventDraft(kind=EventKind.CALL, party=Party.MERCHANT, text="商户不同意退货", at=at))
        draft = FailDraft(reason=FailReason.MERCHANT_REFUSES, text="坚持不退")
        failing.fail(work, case.number, draft, TransferDraft(materials="小票原件一张"))
        issuing.issue(work, "registration_receipt", case.number)
        return case.number


def ordered(database, actor, case_no, transfer_no=0):
    with database.writing(actor, "package") as work:
        return hand_over.order(work, case_no, transfer_no)


def silent(_done, _total):
    pass


def left_in(place):
    """Return what lies in the place beside the data folder."""
    return [path.name for path in place.iterdir() if path.name != "data"]


def packed(wanted, place, progress=silent):
    """Make a package and put it into its place; return it and its folder."""
    made = packing.make(wanted, place, progress)
    return made, made.ready.put()


def test_the_folder_holds_letter_row_list_and_copies(database, mediator, case_no, tmp_path):
    steps = []
    made, folder = packed(ordered(database, mediator, case_no), tmp_path, lambda *step: steps.append(step))
    assert folder.name == f"移送材料 {case_no} 锡山区市场监管局东亭分局 20261123"
    assert [file.name for file in made.files] == [
        "01 移送函 锡八佰伴移〔2026〕001号.pdf",
        "文书/01 消费投诉登记回执 锡八佰伴登〔2026〕001号.pdf",
        "02 投诉件信息.xlsx",
        "03 材料目录.xlsx",
    ]
    assert sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()) == sorted(
        file.name for file in made.files
    )
    for file in made.files:
        assert hashlib.sha256((folder / file.name).read_bytes()).hexdigest() == file.sha256
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]


def cells(path):
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(place for place, row in enumerate(rows) if row[0] in ("项目", "序号"))
    return rows[at], [row for row in rows[at + 1 :] if sum(cell is not None for cell in row) > 1]


def test_the_sheet_tells_the_case_as_the_regulator_asks(database, mediator, case_no, tmp_path):
    _made, folder = packed(ordered(database, mediator, case_no), tmp_path)
    heads, rows = cells(folder / "02 投诉件信息.xlsx")
    found = dict(rows)
    assert heads == ["项目", "内容"]
    assert openpyxl.load_workbook(folder / "02 投诉件信息.xlsx").active.page_setup.orientation == "portrait"
    assert (found["投诉件编号"], found["平台编号"], found["联系电话"]) == (case_no, "12315-7", "19900000023")
    assert (found["涉及金额（元）"], found["投诉请求"]) == ("3,280.00", "退货 3,280.00 元、赔礼道歉")
    assert found["已做工作"] == "11月23日致电商户：商户不同意退货。"
    assert found["移送原因"] == "商户拒绝：坚持不退"
    assert found["移送函编号"] == "锡八佰伴移〔2026〕001号"


def test_the_list_has_every_file_and_what_goes_on_paper(database, mediator, case_no, tmp_path):
    made, folder = packed(ordered(database, mediator, case_no), tmp_path)
    heads, rows = cells(folder / "03 材料目录.xlsx")
    found = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [entry["类别"] for entry in found] == ["移送函", "文书", "另附纸质材料"]
    assert found[2]["材料"] == "小票原件一张"
    assert found[1]["本文件 SHA-256"] == made.files[1].sha256


def test_what_was_made_is_on_record_and_found_again(database, mediator, case_no, tmp_path):
    made = packing.make(ordered(database, mediator, case_no), tmp_path, silent)
    with database.writing(mediator, "package") as work:
        hand_over.record(work, made)
        assert not made.ready.path.exists()
    with database.reading(mediator) as work:
        (row,) = hand_over.of_case(work, case_no)
    assert (row.transfer_no, row.to, row.files) == (1, "锡山区市场监管局东亭分局", made.files)
    assert row.state is PackageState.THERE
    (made.ready.path / "02 投诉件信息.xlsx").write_bytes(b"changed")
    assert row.state is PackageState.CHANGED
    made.ready.path.rename(tmp_path / "elsewhere")
    assert row.state is PackageState.GONE


def test_a_second_package_stands_beside_the_first(database, mediator, case_no, tmp_path):
    wanted = ordered(database, mediator, case_no)
    (_, first), (_, second) = packed(wanted, tmp_path), packed(wanted, tmp_path)
    assert second.name == f"{first.name} (2)"


def test_what_could_not_be_put_on_record_stands_nowhere(database, mediator, case_no, tmp_path, monkeypatch):
    def full(_database, _work):
        raise Trouble("磁盘已满，没有存上。", "请清理磁盘。")

    made = packing.make(ordered(database, mediator, case_no), tmp_path, silent)
    with monkeypatch.context() as patched, pytest.raises(Trouble, match="磁盘已满"):
        patched.setattr(Database, "_commit", full)
        with database.writing(mediator, "package") as work:
            hand_over.record(work, made)
    assert left_in(tmp_path) == []
    with database.reading(mediator) as work:
        assert hand_over.of_case(work, case_no) == ()


def test_a_package_whose_place_was_taken_is_said_to_be_on_record(database, mediator, case_no, tmp_path):
    made = packing.make(ordered(database, mediator, case_no), tmp_path, silent)
    (made.ready.path / "of somebody else").mkdir(parents=True)
    with pytest.raises(Trouble, match="已经记下，文件没有放到位"), database.writing(mediator, "package") as work:
        hand_over.record(work, made)
    assert left_in(tmp_path) == [made.ready.path.name]
    with database.reading(mediator) as work:
        (row,) = hand_over.of_case(work, case_no)
    assert row.state is PackageState.CHANGED


def test_a_stopped_package_leaves_nothing(database, mediator, case_no, tmp_path):
    class Stopped(DeskError):
        pass

    def stop(done, _total):
        if done == 2:
            raise Stopped("停")

    with pytest.raises(Stopped):
        packing.make(ordered(database, mediator, case_no), tmp_path, stop)
    assert left_in(tmp_path) == []


def test_no_folder_no_package(database, mediator, case_no, tmp_path):
    with pytest.raises(Invalid, match="没有文件夹"):
        packing.make(ordered(database, mediator, case_no), tmp_path / "missing", silent)


def test_a_folder_that_takes_nothing_is_named(database, mediator, case_no, tmp_path, monkeypatch):
    def refuse(*_args, **_named):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(Trouble, match="材料包没有存上"):
        packing.make(ordered(database, mediator, case_no), tmp_path, silent)


def test_without_a_hand_over_there_is_nothing_to_pack(database, mediator):
    with pytest.raises(IllegalMove, match="没有移送记录"), database.writing(mediator, "package") as work:
        hand_over.order(work, make_case(work).number)


def test_an_auditor_packs_nothing(database, auditor, case_no):
    with pytest.raises(NotAllowed):
        ordered(database, auditor, case_no)


@pytest.mark.parametrize(
    ("given", "name"), [("锡/山:局?", "锡 山 局"), (" a\x00b ", "a b"), ("长" * 200, "长" * 80), ("件..", "件")]
)
def test_names_are_taken_by_any_file_system(given, name):
    assert packing.safe_name(given) == name


def test_evidence_goes_along_blacked_out_where_it_was(database, mediator, case_no, tmp_path):
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(picture, "JPEG")
    with database.reading(mediator) as work:
        box = evidence_intake.open_box(work, case_no)
    taken = evidence_intake.take_in(box, Source("IMG_1.jpg", content=picture.getvalue()))
    with database.writing(mediator, "attach") as work:
        evidence_intake.add(work, case_no, [taken], EvidenceDraft(label="小票", party=Side.CONSUMER))
    made, folder = packed(ordered(database, mediator, case_no), tmp_path)
    name = "证据/01 消费者 小票.jpg"
    assert name in [file.name for file in made.files]
    heads, rows = cells(folder / "03 材料目录.xlsx")
    (found,) = [line for row in rows if (line := dict(zip(heads, row, strict=True)))["类别"] == "证据"]
    assert (found["材料"], found["文件"], found["提供方"]) == ("小票", name, "消费者")
    assert found["存档原件 SHA-256"] == hashlib.sha256(picture.getvalue()).hexdigest()
