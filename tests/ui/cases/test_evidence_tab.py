"""The evidence box as a person uses it: paste, drop, choose, look, black out, copy, take out."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from odr_desk.pictures import looking, pdf_files
from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import Trouble
from odr_desk.rules.evidence import Side
from odr_desk.services import drafts, evidence, evidence_intake
from odr_desk.ui.desk import Progress, Stopped
from odr_desk.ui.widgets.banner import Banner
from odr_desk.ui.widgets.choice_edit import Tick
from tests.make import make_picture
from tests.ui.hands import give_reason, write
from tests.ui.looks import clipped, dump, settle, unnamed

pytestmark = pytest.mark.usefixtures("no_child")
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def tab(page, house):
    page.open_case(house.first)
    page.case.tabs.choose("evidence")
    QApplication.processEvents()
    return page.case.evidence


@pytest.fixture
def files(tmp_path):
    made = []
    for name, colour in (("小票.jpg", "red"), ("合同.jpg", "blue"), ("截图.jpg", "green")):
        made.append(tmp_path / name)
        made[-1].write_bytes(make_picture(colour, (300, 200)))
    return made


@pytest.fixture
def inside(database, manager, house):
    def look(removed=False):
        with database.reading(manager) as work:
            return evidence.pieces(work, house.first, removed=removed)

    return look


def mime(paths=(), image=None):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    if image is not None:
        data.setImageData(image)
    return data


def press_keys(window, keys):
    combination = QKeySequence(keys)[0]
    QTest.keyClick(QApplication.focusWidget() or window, combination.key(), combination.keyboardModifiers())
    QApplication.processEvents()


def test_an_empty_box_teaches_the_next_step(tab, asked, click, files, inside):
    assert "还没有材料" in dump(tab) and "粘贴或拖到这里" in dump(tab)
    asked.paths = [tuple(files[:1])]
    click(tab, "选文件")
    assert [one.name for one in inside()] == ["小票.jpg"]


def test_what_is_copied_is_pasted_with_ctrl_v_and_nothing_is_asked(window, tab, inside, asked):
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setMimeData(mime(image=image))
    press_keys(window, "Ctrl+V")
    [piece] = inside()
    assert (piece.name, piece.party, piece.kind.value, piece.width) == ("粘贴的图片.png", Side.CONSUMER, "png", 80)
    assert asked.titles == []
    assert tab.wall.number() == 1 and tab.details.label.isVisible()


def test_files_are_pasted_too_and_an_empty_clipboard_says_what_to_do(window, tab, files, inside):
    QApplication.clipboard().setMimeData(mime(files[:2]))
    press_keys(window, "Ctrl+V")
    assert [one.name for one in inside()] == ["小票.jpg", "合同.jpg"]
    QApplication.clipboard().clear()
    press_keys(window, "Ctrl+V")
    assert "剪贴板里没有图片或文件" in dump(window)


def test_ctrl_v_does_nothing_on_other_tabs_and_pastes_words_into_fields(window, page, tab, files, inside):
    tab.put(files[:1])
    QApplication.clipboard().setText("购物小票")
    tab.details.edit()
    press_keys(window, "Ctrl+V")
    assert tab.details.label.text() == "购物小票"
    page.case.tabs.choose("data")
    QApplication.clipboard().setMimeData(mime(files[1:]))
    page.case.paste()
    assert len(inside()) == 1


def test_files_are_dropped_on_the_tab_for_the_party_that_is_set(tab, files, inside):
    tab.party.button(Side.MERCHANT).click()
    data = mime(files[:2])
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), actions, data, buttons, keys)
    tab.dragEnterEvent(enter)
    assert enter.isAccepted() and "松开鼠标，放进“商户”的材料" in dump(tab)
    tab.dropEvent(QDropEvent(QPointF(9, 9), actions, data, buttons, keys))
    assert {one.party for one in inside()} == {Side.MERCHANT} and len(inside()) == 2
    assert "松开鼠标" not in dump(tab)
    nothing = QMimeData()
    other = QDragEnterEvent(QPoint(9, 9), actions, nothing, buttons, keys)
    tab.dragEnterEvent(other)
    tab.dragLeaveEvent(QDragLeaveEvent())
    assert "松开鼠标" not in dump(tab)


def test_the_same_file_is_said_to_be_there_already(window, tab, files, inside):
    tab.put(files[:1])
    assert "已放入材料 1 份" in dump(window)
    tab.put(files[:1])
    assert "“小票”已在材料里，没有重复存" in dump(window)
    assert len(inside()) == 1


def test_what_cannot_be_taken_is_named_and_the_rest_comes_in(window, tab, files, inside, tmp_path):
    bad = tmp_path / "说明.docx"
    bad.write_bytes(b"PK\x03\x04")
    tab.put([bad, files[0]])
    strips = {strip.property("card"): strip.accessibleName() for strip in window.notices.findChildren(Banner)}
    assert strips["soft"] == "已放入材料 1 份"
    assert "“说明.docx”是 Office 文件" in strips["late"]
    assert [one.name for one in inside()] == ["小票.jpg"]


def test_of_many_that_cannot_be_taken_the_first_are_named(window, tab, inside, tmp_path):
    bad = [tmp_path / f"{n}.docx" for n in range(8)]
    for path in bad:
        path.write_bytes(b"PK\x03\x04")
    tab.put(bad)
    assert "“4.docx”是 Office 文件" in dump(window) and "“5.docx”" not in dump(window)
    assert "另有 3 份也没有放进材料" in dump(window)
    assert inside() == ()


def test_putting_in_is_undone_from_the_strip(window, tab, files, inside, press):
    tab.put(files[:2])
    press(Qt.Key.Key_Z, CTRL)
    assert inside() == ()
    assert {one.delete_reason for one in inside(removed=True)} == {"刚放进来就撤销"}


def test_a_label_is_typed_and_kept_a_refused_one_stays_typed(window, tab, files, inside, monkeypatch, press):
    tab.put(files[:1])
    tab.details.edit()
    write(tab.details.label, "购物小票")
    press(Qt.Key.Key_Return)
    assert inside()[0].label == "购物小票"
    assert "购物小票" in tab.wall.tiles[0].accessibleName()

    def broken(*_, **__):
        raise Trouble("磁盘已满，这一步没有做成。", "请清理磁盘空间后重试。")

    refused = []
    monkeypatch.setattr(evidence, "update", broken)
    monkeypatch.setattr(tab.acts._shell, "refuse", lambda error, again=None: refused.append(error))
    tab.details.edit()
    write(tab.details.label, "另一个说明")
    press(Qt.Key.Key_Return)
    assert refused and tab.details.label.text() == "另一个说明"
    assert inside()[0].label == "购物小票"


def test_a_label_half_typed_when_the_power_fails_is_gone_on_with(tab, files, inside, house, database, manager, press):
    def kept():
        with database.reading(manager) as work:
            return [(one.subject, one.content) for one in drafts.of(work, drafts.LABEL)]

    with database.writing(manager, "draft.keep") as work:
        drafts.keep_for(work, drafts.LABEL, f"{house.first}/1", {"label": "购物小"})
    tab.put(files[:1])
    assert tab.details.label.text() == "购物小" and tab.details.label.hasFocus()
    write(tab.details.label, "票")
    tab._labelling.now()
    assert kept() == [(f"{house.first}/1", {"label": "购物小票"})]
    press(Qt.Key.Key_Return)
    assert inside()[0].label == "购物小票"
    assert kept() == []


def test_the_party_is_changed_by_a_segment(tab, files, inside):
    tab.put(files[:2])
    tab.wall.choose(1)
    tab.details.party.button(Side.MALL).click()
    assert [(one.number, one.party) for one in inside()] == [(2, Side.CONSUMER), (1, Side.MALL)]
    assert tab.wall.number() == 1


def test_the_wall_is_walked_and_arranged_by_keys(tab, files, inside, press):
    tab.put(files)
    tab.wall.choose(1)
    tab.wall.of(1).setFocus()
    press(Qt.Key.Key_Right)
    assert tab.wall.number() == 2
    press(Qt.Key.Key_Left, CTRL)
    assert [one.number for one in inside()] == [2, 1, 3]
    assert tab.wall.number() == 2 and tab.wall.of(2).hasFocus()
    press(Qt.Key.Key_Left, CTRL)
    press(Qt.Key.Key_End)
    assert tab.wall.number() == 3
    tab.acts.give_to(3, Side.MALL, Side.CONSUMER)
    press(Qt.Key.Key_Up)
    assert tab.wall.number() in (1, 2)
    press(Qt.Key.Key_Down)
    assert tab.wall.number() == 3
    press(Qt.Key.Key_Home)
    assert tab.wall.number() == 2


def test_taking_out_asks_why_and_can_be_undone_or_put_back(window, tab, files, inside, asked, press, click):
    tab.put(files[:1])
    tab.wall.of(1).setFocus()
    press(Qt.Key.Key_Delete)
    give_reason(asked.dialogs[-1], "传错了件")
    assert asked.titles == ["拿掉材料“小票”？"]
    assert inside() == () and inside(removed=True)[0].delete_reason == "传错了件"
    assert "已拿掉" in dump(tab) and "传错了件" in dump(tab)
    press(Qt.Key.Key_Z, CTRL)
    assert len(inside()) == 1
    tab.acts.remove(inside()[0])
    give_reason(asked.dialogs[-1], "传错了件")
    click(tab, "放回")
    assert len(inside()) == 1


def test_a_picture_is_opened_zoomed_and_left_by_keys(tab, files, press, qtbot):
    tab.put(files[:1])
    tab.wall.of(1).setFocus()
    press(Qt.Key.Key_Return)
    view = tab.viewer.view
    assert tab.viewer.isVisible() and view.hasFocus() and view.count() == 1
    before = view.area_of(0).width()
    press(Qt.Key.Key_Plus)
    assert view.area_of(0).width() > before
    press(Qt.Key.Key_0)
    assert view.area_of(0).width() == before
    press(Qt.Key.Key_Escape)
    assert not tab.viewer.isVisible() and tab.wall.of(1).hasFocus()


def test_pages_are_turned_one_at_a_time(tab, inside, tmp_path, press):
    sheets = [((200, 300), make_picture(colour, (20, 30))) for colour in ("red", "blue")]
    file = tmp_path / "合同.pdf"
    file.write_bytes(pdf_files.put_together(sheets))
    tab.put([file])
    tab.open(1)
    assert "第 1 页，共 2 页" in dump(tab)
    press(Qt.Key.Key_PageDown, CTRL)
    assert "第 2 页，共 2 页" in dump(tab)
    assert tab.viewer.view._pages[0].pixelColor(5, 5).blue() > 200
    press(Qt.Key.Key_PageDown, CTRL)
    press(Qt.Key.Key_PageUp, CTRL)
    assert "第 1 页，共 2 页" in dump(tab)


def test_blacking_out_by_mouse_makes_a_copy_beside_the_original(window, tab, files, inside, click, qtbot):
    tab.put(files[:1])
    tab.open(1)
    click(tab, "涂黑…")
    view = tab.viewer.view
    area = view.area_of(0)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=area.topLeft())
    qtbot.mouseMove(view.viewport(), area.center())
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    [box] = view.boxes()
    assert (box.page, box.left, box.top) == (1, 0, 0) and 4_800 < box.width < 5_200
    assert "已遮盖 1 处" in dump(tab)
    click(tab, "生成遮盖副本")
    first, copy = inside()
    assert (copy.shared_of, copy.label, first.sha256 != copy.sha256) == (1, "小票（遮盖）", True)
    assert "原件没有变" in dump(window) and tab.wall.number() == 2


def test_blacking_out_by_keys_alone(tab, files, inside, press):
    tab.put(files[:1])
    tab.cover(1)
    view = tab.viewer.view
    assert "按 N 加一处" in dump(tab) and not tab.viewer._make.isEnabled()
    press(Qt.Key.Key_N)
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Down, SHIFT)
    [box] = view.boxes()
    assert (box.left, box.height) == (3_700, 700)
    assert "遮盖 1 处" in view.accessibleDescription()
    press(Qt.Key.Key_N)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Delete)
    assert len(view.boxes()) == 1
    press(Qt.Key.Key_Escape)
    assert view.boxes() == () and tab.viewer.isVisible()


def test_a_click_chooses_a_box_and_too_small_a_one_is_none(tab, files, qtbot):
    tab.put(files[:1])
    tab.cover(1)
    view = tab.viewer.view
    at = view.area_of(0).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view.boxes() == ()
    view.add()
    view.add()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view._chosen == 1


def test_a_failed_copy_leaves_the_boxes_for_another_try(window, tab, files, inside, monkeypatch, click):
    tab.put(files[:1])
    tab.cover(1)
    tab.viewer.view.add()

    def broken(*_):
        raise Trouble("磁盘已满，这一步没有做成。", "请清理磁盘空间后重试。")

    refused = []
    monkeypatch.setattr(looking, "black_out", broken)
    monkeypatch.setattr(tab.taking._shell, "refuse", lambda error, again=None: refused.append(error))
    click(tab, "生成遮盖副本")
    assert refused and len(tab.viewer.view.boxes()) == 1 and tab.viewer._make.isEnabled()
    assert len(inside()) == 1


def test_copies_go_out_by_choice_with_the_index(window, tab, files, inside, asked, click, tmp_path):
    tab.put(files)
    tab.cover(1)
    tab.viewer.view.add()
    click(tab, "生成遮盖副本")
    click(tab, "导出…")
    dialog = asked.dialogs[-1]
    QApplication.processEvents()
    assert clipped(dialog) == [] and unnamed(dialog) == []
    ticks = dialog.findChildren(Tick)
    assert [tick.value() for tick in ticks] == [False, True, True, True, False]
    ticks[1].click()
    out = tmp_path / "给监管"
    out.mkdir()
    asked.paths = [out]
    click(dialog, "选文件夹导出")
    [folder] = out.iterdir()
    assert sorted(path.name for path in folder.iterdir()) == [
        "00 证据目录.xlsx",
        "01 消费者 截图.jpg",
        "02 消费者 小票（遮盖）.jpg",
    ]
    assert "材料 2 份已导出到" in dump(window)


def test_nothing_chosen_is_not_exported(tab, files, asked, click):
    tab.put(files[:1])
    click(tab, "导出…")
    dialog = asked.dialogs[-1]
    dialog.findChildren(Tick)[0].click()
    assert not dialog.do.isEnabled()


def test_one_piece_goes_out_from_its_menu(tab, files, asked, tmp_path):
    tab.put(files[:1])
    out = tmp_path / "给"
    out.mkdir()
    asked.paths = [out]
    acts = {act.text: act for act in tab.acts.of(tab._pieces[1], may_write=True, may_look=True)}
    assert list(acts) == ["查看", "改说明", "涂黑…", "往前移", "往后移", "导出这一份…", "拿掉…"]
    acts["导出这一份…"].slot()
    assert [path.name for path in out.iterdir()] == ["01 消费者 小票.jpg"]


def test_cancelling_leaves_nothing_behind(window, tab, files, inside, database, monkeypatch):
    def stop(*_):
        raise Stopped("已取消，没有作任何改动")

    monkeypatch.setattr(Progress, "__call__", stop)
    tab.put(files)
    assert inside() == ()
    assert not list((database.folder / "attachments").glob(".coming-*"))


def test_an_archived_case_can_be_looked_at_only(database, manager, page, tab, files, house):
    tab.put(files[:1])
    with database.writing(manager, "test") as work:
        evidence_intake.writable(work, house.first).state = CaseState.CLOSED
    page.refresh()
    assert not tab._add.isVisible() and not tab.details.label.isVisible()
    tab.put(files[1:])
    tab.wall.removal_asked.emit(1)
    tab.wall.arranged.emit(1, 1)
    assert len(tab._pieces) == 1
    tab.open(1)
    assert not tab.viewer._cover.isVisible()


def test_who_may_not_see_personal_data_sees_the_copies_only(desk, page, tab, files, auditor):
    tab.put(files[:1])
    desk.actor = auditor
    tab._thumbnails.clear()
    page.refresh()
    assert not tab.wall.tiles[0]._picture
    assert "没有查看个人信息的权限" in tab.wall.tiles[0].accessibleDescription()
    tab.open(1)
    assert tab.viewer is None
    assert not tab._export.isVisible() and not tab.details.look.isVisible()


def test_a_lost_file_is_said_on_its_tile(database, tab, files, page):
    tab.put(files[:1])
    for root in ("cache", "attachments"):
        for path in (database.folder / root).rglob("*"):
            if path.is_file():
                path.unlink()
    tab._thumbnails.clear()
    page.refresh()
    assert "不见了" in tab.wall.tiles[0].accessibleDescription()


def test_another_case_has_a_box_of_its_own(page, tab, files, house):
    tab.put(files[:1])
    tab.open(1)
    page.open_case(house.second)
    QApplication.processEvents()
    assert "还没有材料" in dump(tab) and not tab.viewer.isVisible()


def test_a_label_half_typed_is_kept_when_another_case_or_piece_comes(page, tab, files, inside, house):
    tab.put(files[:1])
    tab.details.edit()
    write(tab.details.label, "小票正面")
    tab.put(files[1:2])
    assert inside()[0].label == "小票正面"
    assert tab.details.label.text() == ""
    write(tab.details.label, "合同首页")
    page.open_case(house.second)
    assert inside()[1].label == "合同首页"


@pytest.mark.parametrize("size", [(1366, 697), (1024, 540)])
def test_everything_fits_and_has_a_name(window, tab, files, size):
    tab.put(files)
    for look in (lambda: None, lambda: tab.open(1), lambda: tab.cover(1)):
        look()
        settle(window, *size)
        assert clipped(tab) == []
        assert unnamed(tab) == []


def test_a_piece_named_elsewhere_is_pointed_out(page, tab, files):
    tab.put(files)
    page.case.tabs.choose("points")
    page.case.points.piece_asked.emit(2)
    assert page.case.tabs.code() == "evidence" and tab.wall.number() == 2
    tab.open(1)
    tab._pieces = {}
    tab.point_out(3)
    page.refresh()
    assert tab.wall.number() == 3 and not tab.viewer.isVisible()


def test_the_menu_adds_files_from_any_tab(page, tab, asked, files, inside):
    page.case.tabs.choose("progress")
    asked.paths = [tuple(files[:1])]
    [act] = [act for act in page.case.header.button._acts if act.text == "添加材料…"]
    act.slot()
    assert len(inside()) == 1 and page.case.tabs.code() == "evidence"


def test_pictures_are_rebuilt_from_the_file_when_the_cache_is_lost(tab, files, database, page):
    tab.put(files[:1])
    before = dict(tab._thumbnails)
    for path in (database.folder / "cache").rglob("*.jpg"):
        path.unlink()
    tab._thumbnails.clear()
    page.refresh()
    assert tab._thumbnails == before
