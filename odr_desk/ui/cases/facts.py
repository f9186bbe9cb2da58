"""The facts beside a case on a wide screen: next step, clocks, money, consumer, merchant."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules import masking, money
from odr_desk.rules.moments import show_day
from odr_desk.services.case_file import CaseDetail
from odr_desk.ui import theme
from odr_desk.ui.cases.compared import Compared
from odr_desk.ui.cases.fact_cards import LinkPair, Pair, Sum, section
from odr_desk.ui.cases.header import due_words
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import card, column, line, on_ground, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.day_cells import DayCells
from odr_desk.ui.widgets.flow import Flow
from odr_desk.ui.widgets.marks import Mark
from odr_desk.ui.widgets.tall import Tall
from odr_desk.ui.widgets.words import Words


class Facts(QWidget):
    """The panel at the right; its links ask the page to do something."""

    due_asked = Signal()
    step_asked = Signal()
    step_done = Signal()
    merchant_asked = Signal(str)
    earlier_asked = Signal(str)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        on_ground(self, "window")
        self._step, self._due, self._sums = (
            _Step(self.step_asked.emit, self.step_done.emit),
            _Due(self.due_asked.emit),
            _Sums(),
        )
        self._person, self._shop = _Person(self.earlier_asked.emit), _Shop(self.merchant_asked.emit)
        self._parts = (self._step, self._due, self._sums, self._person, self._shop)
        self.compared = Compared(shell)
        whole = column(*self._parts, self.compared, None, margins=(16, 12, 16, 12), gap=12)
        self.setLayout(row(line("down"), scroll(Tall(whole)), gap=0))

    def show_case(self, found: CaseDetail) -> None:
        """Show the facts of this case."""
        for part in self._parts:
            part.show_case(found)
        self.compared.show_case(found.row.number)


class _Step(QWidget):
    def __init__(self, asked: Callable[[], object], finished: Callable[[], object]) -> None:
        super().__init__()
        self._mark = Mark("act")
        self._title, self._day = Words("下一步", "head"), Words("", "head")
        self._text, self._handler = Words(wrap=True), Words("", "small", elide=True)
        self._change = Button("", "link", clicked=asked)
        self._finish = Button("办完了", "link", says="下一步办完了", clicked=finished)
        head = row(self._mark, self._title, None, self._day, gap=8)
        self._card = card(column(head, self._text, row(self._change, self._finish, None, self._handler), gap=4))
        self.setLayout(column(self._card, gap=0))

    def show_case(self, found: CaseDetail) -> None:
        ended = found.result is not None
        tone = "" if ended else "act"
        self._mark.setVisible(not ended)
        self._title.set_tone(tone)
        self._day.setText(show_day(found.row.next_step_on) if found.row.next_step else "")
        self._day.set_tone(tone)
        nothing = "已有结果，没有要跟的事" if ended else "还没有下一步，别让这件被忘掉"
        step = found.row.next_step
        self._text.setText(step or nothing)
        self._change.setText("改下一步" if step else "设下一步")
        self._finish.setVisible(bool(step))
        self._handler.setText(f"承办 {found.row.handler or '未分派'}")
        if self._card.property("card") != (kind := tone or "plain"):
            self._card.setProperty("card", kind)
            theme.restyle(self._card)


class _Due(QWidget):
    def __init__(self, asked: Callable[[], object]) -> None:
        super().__init__()
        self._left, self._day = Words("", "head", elide=True), Words("", "secondary", elide=True)
        self._used = Words("", "small")
        self._cells, self._answer = DayCells(), Pair("首次答复")
        told = panel(Flow(self._left, self._day))
        laid = row(told, self._used, gap=8)
        laid.setStretch(0, 1)
        laid.setAlignment(self._used, Qt.AlignmentFlag.AlignTop)
        link = Button("看计数", "link", clicked=asked)
        self.setLayout(column(section("期限", panel(laid), self._cells, self._answer, link=link), gap=0))

    def show_case(self, found: CaseDetail) -> None:
        words, day, tone = due_words(found)
        total = found.deadlines[-1].rule.length
        used = min(total, max(0, total - found.row.left))
        self._left.setText(words)
        self._left.set_tone(tone)
        self._day.setText(day)
        self._used.setText(f"已用 {used} / {total}")
        self._cells.set_days(used, total)
        if found.answered_on:
            self._answer.tell(f"{show_day(found.answered_on)} 已答", "done")
        else:
            self._answer.tell(f"限 {show_day(found.deadlines[0].due)}，还没有答", "act")


class _Sums(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._amount, self._total = Sum("争议金额"), Sum("挽回经济损失", total=True)
        self._refund, self._compensation, self._punitive = Sum("退款"), Sum("赔偿"), Sum("增加赔偿")
        self._line = line()
        parts = (self._amount, self._refund, self._compensation, self._punitive, self._line, self._total)
        self.setLayout(column(section("金额（元）", *parts), gap=0))

    def show_case(self, found: CaseDetail) -> None:
        self._amount.tell(money.show(found.draft.amount) or "未填")
        for paid, amount in (
            (self._refund, found.refund),
            (self._compensation, found.compensation),
            (self._punitive, found.punitive),
        ):
            paid.tell(money.show(amount))
            paid.setVisible(bool(amount))
        self._total.tell(money.show(found.recovered))
        self._line.setVisible(found.recovered is not None)
        self._total.setVisible(found.recovered is not None)


class _Person(QWidget):
    def __init__(self, earlier_asked: Callable[[str], object]) -> None:
        super().__init__()
        self._whole_phone = ""
        self._name, self._phone, self._bought = Pair("姓名"), Pair("电话"), Pair("购买")
        self._earlier = LinkPair("来过", lambda: earlier_asked(self._whole_phone))
        self.setLayout(column(section("消费者", self._name, self._phone, self._earlier, self._bought), gap=0))

    def show_case(self, found: CaseDetail) -> None:
        draft = found.draft
        self._whole_phone = draft.consumer_phone
        self._name.tell(draft.consumer_name or "不详")
        self._phone.tell(masking.phone(draft.consumer_phone) if draft.consumer_phone else "不详")
        self._earlier.tell(f"{found.earlier} 次")
        self._earlier.setVisible(bool(found.earlier))
        self._bought.tell(show_day(draft.purchase_date))
        self._bought.setVisible(draft.purchase_date is not None)


class _Shop(QWidget):
    def __init__(self, asked: Callable[[str], object]) -> None:
        super().__init__()
        self._number = ""
        self._name, self._contact, self._lease = Pair("名称"), Pair("联系人"), Pair("租约")
        self._deposit, self._recent = Pair("保证金"), Pair("近 90 天")
        link = Button("商户档案", "link", clicked=lambda: asked(self._number))
        parts = (self._name, self._contact, self._lease, self._deposit, self._recent)
        self.setLayout(column(section("商户", *parts, link=link), gap=0))

    def show_case(self, found: CaseDetail) -> None:
        shop = found.merchant
        self._number = shop.number
        self._name.tell(f"{shop.name} {shop.counter}")
        self._contact.tell(" ".join(part for part in (shop.contact, shop.phone) if part) or "未填")
        self._lease.tell(f"至 {shop.lease_end}" if shop.lease_end else "未填")
        self._deposit.tell(f"¥{money.show(shop.deposit)}" if shop.deposit is not None else "未填")
        self._recent.tell(f"{shop.recent_cases} 件投诉", "act" if shop.recent_cases >= 3 else "")
