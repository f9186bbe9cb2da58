"""The head of a case: the parties, where it stands, the one button that takes it on, the facts in a strip."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules import masking, money
from odr_desk.rules.case import CaseState, Level
from odr_desk.rules.moments import show_day, show_moment
from odr_desk.rules.stations import STATIONS
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.views import Mark
from odr_desk.ui.actions import Act
from odr_desk.ui.widgets.badge import Badge
from odr_desk.ui.widgets.boxes import card, column, line, row
from odr_desk.ui.widgets.buttons import Button, SplitButton
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.steps import Steps
from odr_desk.ui.widgets.words import Words


class Header(QWidget):
    """Names the case; `acted` is the primary button, `revealed` asks for the whole telephone number."""

    acted = Signal()
    revealed = Signal()
    due_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._consumer, self._merchant = Words("", "title", elide=True), Words("", "title", elide=True)
        self._counter = Words("", "secondary")
        self._badge = Badge("act", "")
        self.button = SplitButton("")
        self.button.clicked.connect(self.acted)
        self._one = row(
            self._consumer, Icon("swap"), self._merchant, self._counter, self._badge, None, self.button, gap=8
        )
        self._about = Words("", "secondary", elide=True)
        self._phone = Words("", "secondary")
        self._eye = Button("", "link", "eye", says="显示完整电话（会留记录）", clicked=self.revealed.emit)
        self._who = Words("", "small", right=True)
        self._tags = Words("", "small", "accent", elide=True)
        self._two = row(self._about, self._phone, self._eye, self._tags, None, self._who, gap=6)
        self._steps = Steps([station.label for station in STATIONS])
        self.strip = Strip()
        self.strip.due_asked.connect(self.due_asked)
        self.setLayout(column(self._one, self._two, self._steps, self.strip, margins=(16, 10, 16, 8), gap=6))

    def show_case(self, found: CaseDetail, channel: str) -> None:
        """Show the head of this case."""
        self._consumer.setText(found.draft.consumer_name or "消费者不详")
        self._merchant.setText(found.merchant.name)
        self._counter.setText(found.merchant.counter)
        late = found.row.mark is Mark.LATE and not found.row.is_performing
        words = f"逾期 {-found.row.left} 天" if late else stage(found)
        self._badge.show_state(found.row.mark.value, words)
        level = found.row.level.label if found.row.level not in (None, Level.NORMAL) else ""
        self._about.setText(" · ".join(part for part in (found.row.number, level, channel) if part))
        self._phone.setText(masking.phone(found.draft.consumer_phone) if found.draft.consumer_phone else "电话不详")
        self._eye.setVisible(bool(found.draft.consumer_phone))
        self._tags.setText(" ".join(f"#{name}" for name in found.tags))
        handler = found.row.handler or "未分派"
        self._who.setText(f"登记 {show_moment(found.timeline[-1].recorded_at)} · 承办 {handler}")
        at = STATIONS.index(found.station) if found.station in STATIONS else len(STATIONS)
        self._steps.set_at(at)
        self.strip.show_case(found)

    def show_phone(self, phone: str) -> None:
        """Show the whole number, after the opening has been recorded."""
        self._phone.setText(phone)
        self._eye.hide()

    def set_acts(self, primary: str, acts: tuple[Act, ...]) -> None:
        """Say what the button is for, and what stands under the arrow beside it."""
        self.button.set_text(primary)
        self.button.set_acts(acts)

    def set_room(self, *, compact: bool, panel: bool) -> None:
        """Leave out what has no room, and what the facts panel shows."""
        self._steps.setVisible(not compact)
        self._who.setVisible(not compact)
        self.strip.setVisible(not panel)


class Strip(QWidget):
    """Four facts in one soft strip: time left, amount, next step, what came of it."""

    due_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._due, self._amount = _Fact("期限"), _Fact("争议金额")
        self._next, self._end = _Fact("下一步"), _Fact("结果")
        self._why = Button("看计数", "link", clicked=self.due_asked.emit)
        self._due.add(self._why)
        facts = row(gap=12)
        for at, fact in enumerate((self._due, self._amount, self._next, self._end)):
            if at:
                facts.addWidget(line("down"))
            facts.addWidget(fact, 1)
        self.setLayout(column(card(facts, "soft", margins=(12, 6, 12, 6)), gap=0))

    def show_case(self, found: CaseDetail) -> None:
        """Show the facts of this case."""
        self._due.set(*due_words(found))
        claimed = sum(claim.amount or 0 for claim in found.claims)
        note = f"诉求 ¥{money.show(claimed)}" if claimed else "诉求未写金额"
        self._amount.set(f"¥{money.show(found.draft.amount)}" if found.draft.amount is not None else "未填", note)
        if found.row.next_step:
            self._next.set(found.row.next_step, show_day(found.row.next_step_on), "act")
        else:
            ended = found.result is not None or found.row.state is CaseState.CLOSED
            self._next.set("没有下一步", "已有结果" if ended else "记录时可以设", "" if ended else "act")
        self._end.set(found.result.label if found.result else "还没有结果", end_note(found))


class _Fact(QWidget):
    def __init__(self, title: str) -> None:
        super().__init__()
        self._value, self._note = Words("", "head", elide=True), Words("", "small", elide=True)
        self._head = row(Words(title, "small"), None, gap=6)
        self.setLayout(column(self._head, self._value, self._note, gap=2))

    def add(self, widget: QWidget) -> None:
        """Put a link at the right of the title, where it takes no room from the facts."""
        self._head.addWidget(widget)

    def set(self, value: str, note: str, tone: str = "") -> None:
        self._value.setText(value)
        self._value.set_tone(tone)
        self._note.setText(note)


def stage(found: CaseDetail) -> str:
    """Return the state in words; a settled case says how far it has been performed."""
    if found.row.state is CaseState.SETTLED and found.performance.value:
        return f"{found.row.state.label} · {found.performance.label}"
    return found.row.state.label


def due_words(found: CaseDetail) -> tuple[str, str, str]:
    """Return time left, the day, and the tone."""
    own = f"，内部 {show_day(found.manual_due_on)[:5]}" if found.manual_due_on is not None else ""
    day = show_day(found.row.due_on) + ("（暂估）" if found.due_estimated else "") + own
    if found.row.mark is Mark.DONE:
        return "已办结", f"限 {day}", ""
    if found.row.is_performing:
        late = found.row.mark is Mark.LATE
        return ("履行逾期" if late else "已和解，待履行"), f"和解限 {day}", "late" if late else ""
    if found.row.is_paused:
        return f"暂停计时，剩 {found.row.left} 个工作日", f"自 {show_day(found.row.paused_since)} 起{own}", "act"
    if found.row.is_reopened:
        return "重新打开", f"不再计，原限 {day}", ""
    if found.row.state is CaseState.SUSPECTED and found.row.mark is not Mark.LATE:
        return "待核定", f"限 {day}", "act"  # the platform has been told: its clock has stopped
    if found.row.left < 0:
        return f"逾期 {-found.row.left} 个工作日", f"限 {day}", "late"
    if found.row.left == 0:
        return "今天到期", f"限 {day}", "act"
    return f"还剩 {found.row.left} 个工作日", f"至 {day}", ""


def end_note(found: CaseDetail) -> str:
    """Return what has come of the result: feedback and performance."""
    if found.result is None:
        return "首次答复已做" if found.answered_on else f"首次答复限 {show_day(found.deadlines[0].due)}"
    told = f"{show_day(found.fed_back_on)} 已反馈" if found.fed_back_on else "未反馈平台"
    return told if found.draft.channel in ("CH01", "CH02") else show_day(found.ended_on)
