"""One sitting that has been held, as the tab shows it."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from odr_desk.rules.moments import local, show_moment
from odr_desk.rules.snippets import Span
from odr_desk.services.offers import OfferRow
from odr_desk.services.sessions import SessionRow
from odr_desk.ui import theme
from odr_desk.ui.aim import Aim
from odr_desk.ui.cases.sitting_form import in_words
from odr_desk.ui.widgets.boxes import card, column, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marked_words import MarkedWords, Pointed
from odr_desk.ui.widgets.words import Words

_LABEL_WIDTH = 72


def card_of(
    sitting: SessionRow, modes: Mapping[str, str], aim: Aim, change: Callable[[], object] | None = None
) -> QWidget:
    """Return the card of a sitting; the words in it are marked if it is the one somebody looked for.

    With `change` it can be corrected.
    """
    is_meant = aim.entry == sitting.number
    until = f"–{local(sitting.ended_at):%H:%M}" if sitting.ended_at is not None else ""
    head = row(
        Words(f"第 {sitting.number} 次", "head"),
        Words(show_moment(sitting.held_at) + until),
        Words(modes.get(sitting.mode, sitting.mode), "secondary"),
        None,
        Words(f"调解员 {sitting.mediator}", "small"),
        *((Button("修改", "link", says=f"修改第 {sitting.number} 次调解的记录", clicked=change),) if change else ()),
        gap=8,
    )
    body = column(panel(head), gap=6)
    for name, value in (
        ("地点", sitting.place),
        ("参加人", in_words(sitting.present)),
        ("告知", "已告知自愿、可退出、可要求更换调解员" if sitting.informed else ""),
        ("消费者", sitting.consumer_position),
        ("商户", sitting.merchant_position),
        *((f"方案 {offer.number}", _offer(offer)) for offer in sitting.offers),
        ("调解意见", sitting.opinion),
        ("结果", sitting.outcome),
    ):
        if value:
            marked = aim.spans(value) if is_meant else ()
            body.addWidget(_pair(name, value, marked))
    return card(body)


def _offer(offer: OfferRow) -> str:
    return f"{offer.by.label}：{offer.words}"


def _pair(name: str, value: str, marked: tuple[Span, ...]) -> QWidget:
    label = Words(name, "secondary")
    theme.widen(label, _LABEL_WIDTH)
    laid = row(label, MarkedWords(value, marked) if marked else Words(value, wrap=True), gap=8)
    laid.setStretch(1, 1)
    return Pointed(laid) if marked else panel(laid)
