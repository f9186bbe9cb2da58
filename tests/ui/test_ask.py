import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from odr_desk.rules.errors import Missing, Trouble
from odr_desk.ui import ask
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words
from tests.ui.looks import clipped, dump


def answer(act):
    """Do something to the box once it is open."""
    seen = []

    def run():
        dialog = QApplication.activeModalWidget()
        seen.append(dump(dialog))
        assert dialog.height() <= 500
        assert clipped(dialog) == []
        act(dialog)

    QTimer.singleShot(0, run)
    return seen


def test_a_question_is_answered_by_its_buttons(qtbot):
    seen = answer(lambda dialog: qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton))
    assert ask.question(
        None, "把 0133 并入 0129？", "以后可以拆开。", do="并入 0129", keep="不并", facts=[("商户", "邻鲜超市")]
    )
    assert "并入 0129" in seen[0] and "邻鲜超市" in seen[0]
    answer(lambda dialog: qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton))
    assert not ask.question(None, "把 0133 并入 0129？")


def test_escape_keeps_and_enter_does(qtbot):
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert not ask.question(None, "结案？")
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    assert ask.question(None, "结案？")


def test_enter_does_not_do_what_is_dangerous(qtbot):
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    assert not ask.question(None, "删除 0133？", do="删除", danger=True)


def test_trouble_says_what_and_what_to_do(qtbot):
    seen = answer(lambda dialog: qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton))
    assert ask.trouble(None, Trouble("打印机没有应答，没有打印。", "请检查电源。"))
    assert "打印机没有应答，没有打印。" in seen[0] and "请检查电源。" in seen[0]


def test_something_told_has_one_button(qtbot):
    seen = answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    ask.tell(None, "已备份", "文件在备份文件夹里。")
    assert "知道了" in seen[0]


def test_a_long_dialog_scrolls_and_keeps_its_buttons(qtbot):
    body = column(*(Words(f"第 {number} 行") for number in range(80)))
    dialog = Dialog("很长", body)
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    assert dialog.height() <= 500
    assert dialog.rect().contains(dialog.do.geometry())
    dialog.reject()


def test_a_dialog_is_as_high_as_its_wrapped_words_need(qtbot):
    lines = [Words("合并后只算一件，两个编号都查得到；随时可以拆开。", wrap=True) for _ in range(4)]
    dialog = Dialog("并入哪一件？", column(*lines))
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    assert lines[0].height() == pytest.approx(lines[0].heightForWidth(lines[0].width()), abs=2)
    dialog.reject()


def test_a_refused_dialog_stays_open_with_what_was_typed(qtbot):
    field = LineEdit()
    dialog = Dialog("登记履行", column(field), closes=False)
    qtbot.addWidget(dialog)
    ask.show(dialog)
    qtbot.keyClicks(field, "680")
    with qtbot.waitSignal(dialog.submitted):
        dialog.set_busy(False)
        qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton)
    dialog.show_error(Missing("这一项义务已不存在，没有登记。"))
    assert dialog.isVisible()
    assert "这一项义务已不存在，没有登记。" in dump(dialog)
    assert field.text() == "680"
    dialog.clear_error()
    QApplication.processEvents()
    assert "这一项义务" not in dump(dialog)
    dialog.close()


def test_a_busy_dialog_cannot_be_submitted_twice(qtbot):
    dialog = Dialog("登记", column(), closes=False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.set_busy(True)
    with qtbot.assertNotEmitted(dialog.submitted):
        dialog.submit()
    dialog.close()


@pytest.mark.parametrize("kind", ["open_file", "save_file"])
def test_files_are_asked_for_as_paths(monkeypatch, kind):
    from PySide6.QtWidgets import QFileDialog

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/一/二.xlsx", ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    if kind == "open_file":
        assert ask.open_file(None, "选工作簿", "Excel (*.xlsx)").name == "二.xlsx"
    else:
        assert ask.save_file(None, "另存", "a.pdf", "PDF (*.pdf)") is None
