"""The facts beside a case on a wide screen: next step, clocks, money, consumer, merchant."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules import masking, money
from odr_desk.rules.moments import show_day
from odr_desk.services.case_file import CaseDetail
from odr_desk.ui import theme
from odr_desk.ui.cases.compared import Compared
from odr_desk.ui.cases.header import due_words
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import card, column, empty_layout, line, on_ground, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.day_cells import DayCells
from odr_desk.ui.widgets.marks import Mark
from odr_desk.ui.widgets.tall import Tall
from odr_desk.ui.widgets.words import Words


class Facts(QWidget):
    """The panel at the right; its links ask the page to do something."""

    due_asked = Signal()
    step_asked = Signal()
    merchant_asked = Signal(str)
    earlier_asked = Signal(str)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        on_ground(self, "window")
        self._list = column(gap=12)
        self.compared = Compared(shell)
        whole = column(self._list, self.compared, None, margins=(16, 12, 16, 12), gap=12)
        self.setLayout(row(line("down"), scroll(Tall(whole)), gap=0))

    def show_case(self, found: CaseDetail) -> None:
        """Show the facts of this case."""
        empty_layout(self._list)
        for part in (self._next(found), self._due(found), _money(found), self._person(found), self._shop(found)):
            self._list.addWidget(part)
        self.compared.show_case(found.row.number)

    def _next(self, found: CaseDetail) -> QWidget:
        ended = found.result is not None
        day = show_day(found.row.next_step_on) if found.row.next_step else ""
        tone = "" if ended else "act"
        head = row(Words("下一步", "head", tone), None, Words(day, "head", tone), gap=8)
        if not ended:
            head.insertWidget(0, Mark("act"))
        nothing = "已有结果，没有要跟的事" if ended else "还没有下一步，别让这件被忘掉"
        text = Words(found.row.next_step or nothing, wrap=True)
        foot = row(
            Button("改下一步" if found.row.next_step else "设下一步", "link", clicked=self.step_asked.emit),
            None,
            Words(f"承办 {found.row.handler or '未分派'}", "small"),
        )
        return card(column(head, text, foot, gap=4), "plain" if ended else "act")

    def _due(self, found: CaseDetail) -> QWidget:
        words, day, tone = due_words(found)
        result = found.deadlines[-1]
        total = result.rule.length
        used = min(total, max(0, total - found.row.left))
        cells = DayCells(used, total)
        answer = (
            _pair("首次答复", f"{show_day(found.answered_on)} 已答", "done")
            if found.answered_on
            else _pair("首次答复", f"限 {show_day(found.deadlines[0].due)}，还没有答", "act")
        )
        top = row(
            Words(words, "head", tone), Words(day, "secondary"), None, Words(f"已用 {used} / {total}", "small"), gap=8
        )
        return _section("期限", panel(top), cells, answer, link=Button("看计数", "link", clicked=self.due_asked.emit))

    def _person(self, found: CaseDetail) -> QWidget:
        draft = found.draft
        rows = [
            _pair("姓名", draft.consumer_name or "不详"),
            _pair("电话", masking.phone(draft.consumer_phone) if draft.consumer_phone else "不详"),
        ]
        if found.earlier:
            link = Button(f"{found.earlier} 次", "link", clicked=lambda: self.earlier_asked.emit(draft.consumer_phone))
            rows.append(_pair("来过", link))
        if draft.purchase_date:
            rows.append(_pair("购买", show_day(draft.purchase_date)))
        return _section("消费者", *rows)

    def _shop(self, found: CaseDetail) -> QWidget:
        shop = found.merchant
        number = shop.number
        open_file = Button("商户档案", "link", clicked=lambda: self.merchant_asked.emit(number))
        recent = f"{shop.recent_cases} 件投诉"
        return _section(
            "商户",
            _pair("名称", f"{shop.name} {shop.counter}"),
            _pair("联系人", " ".join(part for part in (shop.contact, shop.phone) if part) or "未填"),
            _pair("租约", f"至 {shop.lease_end}" if shop.lease_end else "未填"),
            _pair("保证金", f"¥{money.show(shop.deposit)}" if shop.deposit is not None else "未填"),
            _pair("近 90 天", recent, "act" if shop.recent_cases >= 3 else ""),
            link=open_file,
        )


def _money(found: CaseDetail) -> QWidget:
    rows = [("争议金额", found.draft.amount)]
    rows += [(name, amount) for name, amount in (
        ("退款", found.refund), ("赔偿", found.compensation), ("增加赔偿", found.punitive)
    ) if amount]  # fmt: skip
    lines = [
        panel(row(Words(name, "secondary"), None, Words(money.show(amount) or "未填", right=True)))
        for name, amount in rows
    ]
    if found.recovered is not None:
        total = row(Words("挽回经济损失", "head"), None, Words(money.show(found.recovered), "head", right=True))
        lines += [line(), panel(total)]
    return _section("金额（元）", *lines)


def _section(title: str, *parts: QWidget, link: Button | None = None) -> QWidget:
    head = row(Words(title, "head"), None)
    if link is not None:
        head.addWidget(link)
    return card(column(panel(head), *parts, gap=4), margins=(12, 10, 12, 10))


def _pair(name: str, value: str | Button, tone: str = "") -> QWidget:
    label = Words(name, "secondary")
    theme.widen(label, 72)
    shown = value if isinstance(value, Button) else Words(value, "body", tone, elide=True)
    laid = row(label, shown, gap=8)
    if isinstance(value, Button):
        laid.addStretch(1)
    else:
        laid.setStretch(1, 1)
    return panel(laid)
