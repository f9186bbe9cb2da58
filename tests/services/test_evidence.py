import hashlib
import os
import shutil
import sys
from pathlib import Path

import pytest
from make import make_case, make_picture
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import select

from odr_desk.model.document import Attachment
from odr_desk.model.journal import JournalEntry
from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import IllegalMove, Invalid, Missing, NotAllowed, Trouble, UnsafeFile
from odr_desk.rules.evidence import BoxDraft, EvidenceDraft, FileKind, Side
from odr_desk.services import (
    case_file,
    case_papers,
    cases,
    dossier,
    evidence,
    evidence_copies,
    evidence_intake,
    evidence_pictures,
    undoing,
)
from odr_desk.services.evidence_intake import Source
from odr_desk.store import attachments, backup, place, verify

pytestmark = pytest.mark.usefixtures("no_child")


class Stopped(Exception):
    """Somebody pressed cancel."""


def coming(box):
    return list(box.root.rglob(".coming-*")) if box.root.exists() else []


@pytest.fixture
def case_no(database, clerk):
    with database.writing(clerk, "case.create") as work:
        return make_case(work).number


@pytest.fixture
def box(database, clerk, case_no):
    with database.reading(clerk) as work:
        return evidence_intake.open_box(work, case_no)


@pytest.fixture
def put(database, clerk, box):
    """Put a file into the box the way screen and port do."""

    def do(content, name="IMG_1.jpg", label="", party=Side.CONSUMER):
        taken = evidence_intake.take_in(box, Source(name, content=content))
        with database.writing(clerk, "attach") as work:
            [added] = evidence_intake.add(work, box.case_no, [taken], EvidenceDraft(label=label, party=party))
        return added

    return do


def pieces(database, actor, case_no, **options):
    with database.reading(actor) as work:
        return evidence.pieces(work, case_no, **options)


def test_a_picture_is_kept_under_its_hash_with_what_it_is(database, clerk, box, put, case_no, clock):
    content = make_picture()
    added = put(content, "小票 正面.jpg", "小票", Side.MERCHANT)
    assert added.sha256 == hashlib.sha256(content).hexdigest()
    assert attachments.place_of(box.root, added.sha256).read_bytes() == content
    assert coming(box) == []
    [piece] = pieces(database, clerk, case_no)
    assert (piece.number, piece.kind, piece.width, piece.height, piece.pages) == (1, FileKind.JPEG, 64, 48, 1)
    assert (piece.party, piece.label, piece.name, piece.called) == (Side.MERCHANT, "小票", "小票 正面.jpg", "小票")
    assert (piece.added_at, piece.added_by, piece.size) == (clock.now, "王敏", len(content))


def test_the_timeline_and_the_file_of_the_case_tell_of_it(database, clerk, put, case_no):
    put(make_picture(), label="小票")
    put(make_picture("blue"), "聊天记录.jpg")
    with database.reading(clerk) as work:
        texts = [event.text for event in case_file.detail(work, case_no).timeline if event.kind == "evidence"]
        titles = [line.title for line in dossier.of_case(work, case_no) if line.group == "证据"]
    assert sorted(texts) == ["消费者材料 1 份：小票", "消费者材料 1 份：聊天记录"]
    assert titles == ["小票", "材料"]


def test_the_same_file_twice_is_stored_once_and_said_so(database, clerk, box, put, case_no):
    first = put(make_picture(), label="小票")
    again = put(make_picture(), "别名.jpg", "另一个说明")
    assert (again.number, again.known, again.again, again.called) == (first.number, True, False, "小票")
    assert len(pieces(database, clerk, case_no)) == 1
    assert [path.name for path in box.root.rglob("*") if path.is_file()] == [first.sha256]


def test_two_cases_share_the_file_but_not_the_record(database, clerk, put, box):
    put(make_picture())
    with database.writing(clerk, "case.create") as work:
        other = make_case(work).number
    taken = evidence_intake.take_in(box, Source("a.jpg", content=make_picture()))
    with database.writing(clerk, "attach") as work:
        [added] = evidence_intake.add(work, other, [taken], EvidenceDraft())
    assert (added.number, added.known) == (1, False)


def test_taking_out_needs_a_reason_and_can_be_taken_back(database, clerk, put, box, case_no):
    added = put(make_picture(), label="小票")
    with database.writing(clerk, "attachment.remove") as work:
        with pytest.raises(Invalid, match="写明"):
            evidence.remove(work, case_no, added.number, "  ")
        evidence.remove(work, case_no, added.number, "传错了件")
    assert pieces(database, clerk, case_no) == ()
    [gone] = pieces(database, clerk, case_no, removed=True)
    assert (gone.is_removed, gone.deleted_by, gone.delete_reason) == (True, "王敏", "传错了件")
    assert attachments.holds(box.root, added.sha256)
    with database.writing(clerk, "attachment.update") as work, pytest.raises(IllegalMove, match="先放回"):
        evidence.update(work, case_no, added.number, label="x")
    with database.writing(clerk, "attachment.restore") as work:
        evidence.restore(work, case_no, added.number)
    assert [one.label for one in pieces(database, clerk, case_no)] == ["小票"]


def test_what_was_taken_out_comes_back_when_it_is_handed_in_again(database, clerk, put, case_no):
    added = put(make_picture(), label="小票")
    with database.writing(clerk, "attachment.remove") as work:
        evidence.remove(work, case_no, added.number, "传错了")
    again = put(make_picture())
    assert (again.number, again.known, again.again) == (1, True, True)
    assert len(pieces(database, clerk, case_no)) == 1


def test_label_and_party_are_changed_and_the_order_within_a_party_too(database, clerk, put, case_no):
    for colour in ("red", "green", "blue"):
        put(make_picture(colour), label=colour)
    put(make_picture("white"), label="white", party=Side.MALL)
    with database.writing(clerk, "attachment.update") as work:
        evidence.update(work, case_no, 2, label="绿", party=Side.MERCHANT)
        evidence.arrange(work, case_no, 3, 1)
    assert [one.label for one in pieces(database, clerk, case_no)] == ["blue", "red", "绿", "white"]
    with database.writing(clerk, "attachment.update") as work:
        evidence.arrange(work, case_no, 3, 99)
        with pytest.raises(Invalid, match="最多 100"):
            evidence.update(work, case_no, 1, label="长" * 101)
        with pytest.raises(Missing, match="第 9 号"):
            evidence.update(work, case_no, 9, label="x")
    assert [one.label for one in pieces(database, clerk, case_no)] == ["red", "blue", "绿", "white"]


def test_the_file_of_an_archived_case_is_closed(database, clerk, put, box, case_no):
    put(make_picture())
    taken = evidence_intake.take_in(box, Source("b.jpg", content=make_picture("blue")))
    with database.writing(clerk, "test") as work:
        evidence_intake.writable(work, case_no).state = CaseState.CLOSED
    with database.writing(clerk, "attach") as work:
        for act in (
            lambda: evidence_intake.add(work, case_no, [taken], EvidenceDraft()),
            lambda: evidence.remove(work, case_no, 1, "x"),
            lambda: evidence.update(work, case_no, 1, label="x"),
            lambda: evidence_intake.open_box(work, case_no),
        ):
            with pytest.raises(IllegalMove, match="已归档"):
                act()
    evidence_intake.put_back([taken])
    assert coming(box) == []


def test_an_auditor_sees_the_list_and_the_blacked_out_copies_only(database, clerk, auditor, put, case_no):
    put(make_picture(size=(200, 100)), label="身份证")
    blacked(database, clerk, case_no, 1, [BoxDraft(page=1, left=0, top=0, width=5000, height=5000)])
    with database.reading(auditor) as work:
        assert [one.label for one in evidence.pieces(work, case_no)] == ["身份证", "身份证（遮盖）"]
        assert [sight.piece.number for sight in evidence_pictures.sights(work, case_no)] == [2]
        for act in (
            lambda: evidence_intake.open_box(work, case_no),
            lambda: evidence.order_copies(work, case_no),
            lambda: evidence_pictures.order_black_out(work, case_no, 1),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_a_file_of_500_mb_is_refused_before_it_is_read(box, tmp_path):
    path = tmp_path / "录像.pdf"
    with path.open("wb") as file:
        file.truncate(500 << 20)
    with pytest.raises(UnsafeFile, match=r"“录像.pdf”有 500.0 MB，超过 50 MB，没有读取"):
        evidence_intake.take_in(box, Source(path.name, path), never)
    assert not box.root.exists()


def never(_done, _total):
    raise AssertionError("it was read")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_what_is_no_plain_file_is_refused_in_words(box, tmp_path):
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    locked = tmp_path / "锁.jpg"
    locked.write_bytes(make_picture())
    locked.chmod(0)
    wrong = [(tmp_path, "文件夹"), (tmp_path / "没有.jpg", "找不到"), (pipe, "不是普通文件"), (Path("\0"), "打不开")]
    if os.geteuid() != 0:
        wrong.append((locked, "没有权限"))
    for path, words in wrong:
        with pytest.raises(Invalid, match=words) as caught:
            evidence_intake.take_in(box, Source("x.jpg", path))
        assert caught.value.problems[0].field == "path"
    assert coming(box) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need no right on Linux")
def test_a_link_is_followed_once_and_a_file_of_our_own_is_kept(box, put, database, clerk, tmp_path):
    real, link = tmp_path / "真.jpg", tmp_path / "链接.jpg"
    real.write_bytes(make_picture())
    link.symlink_to(real)
    taken = evidence_intake.take_in(box, Source(link.name, link))
    with database.writing(clerk, "attach") as work:
        [added] = evidence_intake.add(work, box.case_no, [taken], EvidenceDraft())
    real.write_bytes(b"changed afterwards")
    kept = attachments.place_of(box.root, added.sha256)
    assert kept.read_bytes() == make_picture() and not kept.is_symlink()
    kept.rename(tmp_path / "away")
    kept.symlink_to(tmp_path / "away")
    with database.reading(clerk) as work:
        found = verify.look_over(work.session.connection(), work.folder, full=True)
    assert [problem.invariant for problem in found.problems] == ["attachments"]


def test_of_several_files_the_good_ones_are_taken_and_the_others_named(box):
    lot = evidence_intake.take_all(
        box,
        [Source("a.jpg", content=make_picture()), Source("b.docx", content=b"PK\x03\x04 a text"), Source("c.jpg")],
    )
    assert [one.name for one in lot.taken] == ["a.jpg"]
    assert ["b.docx" in str(lot.refused[0]), "空文件" in str(lot.refused[1])] == [True, True]
    evidence_intake.put_back(lot.taken)


def test_stopping_leaves_nothing_behind(box):
    def stop(done, total):
        if done > total / 2:
            raise Stopped

    with pytest.raises(Stopped):
        evidence_intake.take_all(
            box, [Source(f"{n}.jpg", content=make_picture("red", (9, n + 1))) for n in range(3)], stop
        )
    assert coming(box) == []


def test_a_refused_file_leaves_nothing_behind(box):
    with pytest.raises(UnsafeFile, match="不完整"):
        evidence_intake.take_in(box, Source("半张.jpg", content=make_picture()[:-200]))
    assert coming(box) == []


def test_names_from_outside_are_shown_without_their_tricks(put, database, clerk, case_no):
    put(make_picture(), "..\\..\\证据\u202egpj.exe")
    [piece] = pieces(database, clerk, case_no)
    assert piece.name == "证据gpj.exe"


def blacked(database, actor, case_no, number, boxes):
    with database.reading(actor) as work:
        sight = evidence_pictures.order_black_out(work, case_no, number)
    taken = evidence_pictures.black_out(sight, boxes)
    with database.writing(actor, "attachment.blackout") as work:
        return evidence_intake.add_shared(work, case_no, number, taken)


def test_a_blacked_out_copy_hides_the_place_and_leaves_the_original_alone(database, clerk, put, box, case_no):
    exif = Image.Exif()
    exif[0x010F] = "相机"
    first = put(make_picture("red", (200, 100), exif=exif), label="身份证", party=Side.MERCHANT)
    added = blacked(database, clerk, case_no, 1, [BoxDraft(page=1, left=0, top=0, width=5000, height=10000)])
    assert attachments.holds(box.root, first.sha256)
    copy = pieces(database, clerk, case_no)[1]
    assert (copy.shared_of, copy.label, copy.party) == (1, "身份证（遮盖）", Side.MERCHANT)
    with database.reading(clerk) as work:
        assert [line.title for line in dossier.of_case(work, case_no) if line.group == "证据"] == ["身份证"]
        case = cases.named(work, case_no)
        assert case_papers.receipt(work, case).materials == ("身份证",)
    with Image.open(attachments.place_of(box.root, added.sha256)) as image:
        assert image.getpixel((20, 50)) == (0, 0, 0)
        assert image.getpixel((180, 50))[0] > 240
        assert not image.getexif()


def test_boxes_must_lie_on_the_page(database, clerk, put, case_no):
    put(make_picture())
    with database.reading(clerk) as work:
        sight = evidence_pictures.order_black_out(work, case_no, 1)
        with pytest.raises(Missing):
            evidence_pictures.order_black_out(work, case_no, 2)
    for boxes in (
        [],
        [BoxDraft(page=2, left=0, top=0, width=1, height=1)],
        [BoxDraft(page=1, left=9000, top=0, width=2000, height=1)],
    ):
        with pytest.raises(Invalid):
            evidence_pictures.black_out(sight, boxes)


def test_a_lost_thumbnail_is_made_again_and_no_backup_holds_it(database, clerk, put, box, case_no, clock):
    put(make_picture())
    with database.reading(clerk) as work:
        [sight] = evidence_pictures.sights(work, case_no)
    first = evidence_pictures.thumbnail(sight)
    [cached] = (box.folder / place.CACHE).rglob("*.jpg")
    shutil.rmtree(box.folder / place.CACHE)
    assert evidence_pictures.thumbnail(sight) == first
    assert cached.read_bytes() == first
    made = backup.make(box.folder, backup.Why.MANUAL, clock.now)
    assert [part.sha256 for part in made.manifest.attachments] == [sight.piece.sha256]
    assert not list((box.folder / place.BACKUPS).rglob("*.jpg"))


def test_pages_come_as_bare_points(database, clerk, put, case_no):
    put(make_picture("lime", (300, 200)))
    with database.reading(clerk) as work:
        [sight] = evidence_pictures.sights(work, case_no)
    points = evidence_pictures.page(sight, 1, 150)
    assert (points.width, points.height, len(points.rgb)) == (150, 100, 150 * 100 * 3)
    assert tuple(points.rgb[:3]) == (0, 255, 1) or points.rgb[1] > 250


def test_copies_are_numbered_clean_and_listed_with_their_hashes(database, clerk, put, case_no, tmp_path):
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "相机", 6
    put(make_picture("blue"), label="说明/补充", party=Side.MERCHANT)
    put(make_picture("red", (64, 48), exif=exif), "IMG_2.jpg", "小票")
    with database.writing(clerk, "attachment.export") as work:
        order = evidence.order_copies(work, case_no)
    folder = evidence_copies.new_folder(order, tmp_path)
    copies = evidence.save_copies(order, folder)
    index = evidence_copies.save_index(order, copies, folder)
    assert sorted(path.name for path in folder.iterdir()) == [
        "00 证据目录.xlsx",
        "01 消费者 小票.jpg",
        "02 商户 说明 补充.jpg",
    ]
    with Image.open(copies[0].path) as image:
        assert image.size == (48, 64) and not image.getexif()
    rows = list(load_workbook(index).active.iter_rows(values_only=True))
    assert rows[1][:5] == (1, "消费者", "小票", "01 消费者 小票.jpg", 1)
    assert rows[1][6] == hashlib.sha256(copies[0].path.read_bytes()).hexdigest()
    assert rows[1][7] == order.lines[0].sha256
    with database.reading(clerk) as work:
        assert (
            work.session.scalars(select(JournalEntry.verb).order_by(JournalEntry.seq.desc())).first()
            == "attachment.export"
        )
        texts = [event.text for event in case_file.detail(work, case_no).timeline]
    assert "导出材料 2 份：副本，已去掉拍摄信息" in texts


def test_originals_leave_only_when_asked_for_and_byte_for_byte(database, clerk, put, case_no, tmp_path):
    put(make_picture("red"), label="小票")
    put(make_picture("blue"), label="合同")
    with database.writing(clerk, "attachment.export") as work:
        order = evidence.order_copies(work, case_no, [2], originals=True)
        with pytest.raises(Missing, match="7"):
            evidence.order_copies(work, case_no, [7])
    [copy] = evidence.save_copies(order, tmp_path)
    assert copy.path.name == "01 消费者 合同.jpg"
    assert copy.path.read_bytes() == make_picture("blue")
    [again] = evidence.save_copies(order, tmp_path)
    assert again.path.name == "01 消费者 合同 (2).jpg"


def test_a_changed_file_is_neither_copied_nor_shown(database, clerk, put, box, case_no, tmp_path):
    added = put(make_picture())
    attachments.place_of(box.root, added.sha256).write_bytes(make_picture("blue"))
    with database.writing(clerk, "attachment.export") as work:
        order = evidence.order_copies(work, case_no)
    with pytest.raises(Trouble, match="改动过"):
        evidence.save_copies(order, tmp_path)
    with database.reading(clerk) as work:
        [sight] = evidence_pictures.sights(work, case_no)
        found = verify.look_over(work.session.connection(), work.folder, full=True)
    with pytest.raises(Trouble, match="改动过"):
        evidence_pictures.page(sight, 1)
    assert [problem.invariant for problem in found.problems] == ["attachments"]


def test_an_empty_box_has_nothing_to_copy(database, clerk, case_no):
    with database.writing(clerk, "attachment.export") as work, pytest.raises(IllegalMove, match="还没有材料"):
        evidence.order_copies(work, case_no)


def test_the_row_is_written_after_the_file(database, clerk, box, monkeypatch):
    taken = evidence_intake.take_in(box, Source("a.jpg", content=make_picture()))
    monkeypatch.setattr(attachments, "settle", broken)
    with pytest.raises(Trouble), database.writing(clerk, "attach") as work:
        evidence_intake.add(work, box.case_no, [taken], EvidenceDraft())
    with database.reading(clerk) as work:
        assert work.session.scalars(select(Attachment)).all() == []
    evidence_intake.put_back([taken])


def broken(*_):
    raise Trouble("磁盘已满，这一步没有做成。", "请清理磁盘空间后重试。")


def test_changes_in_the_box_are_among_the_steps_that_can_be_undone(database, clerk, put, case_no):
    put(make_picture("red"), label="小票")
    put(make_picture("blue"), label="合同")
    with database.writing(clerk, "attachment.update") as work:
        evidence.arrange(work, case_no, 2, 1)
        evidence.update(work, case_no, 1, label="写错了")
    changed = work.step
    with database.writing(clerk, "attachment.remove") as work:
        evidence.remove(work, case_no, 2, "传错了")
    for step, labels in ((work.step, ["合同", "写错了"]), (changed, ["小票", "合同"])):
        with database.writing(clerk, undoing.UNDO) as work:
            undoing.undo(work, step)
        assert [one.label for one in pieces(database, clerk, case_no)] == labels
