"""What is looked at before a settlement agreement is printed."""

import re
from collections.abc import Iterable, Iterator

from odr_desk.papers import facts as all_facts
from odr_desk.papers.checking import Check, done, foreign_words, look, must
from odr_desk.papers.settlement_agreement import Facts, Term
from odr_desk.papers.wording import long_day
from odr_desk.rules import agreement, clauses, money
from odr_desk.rules.capitals import rmb_capitals

_VAGUE = ("尽快", "适当", "酌情", "若干", "左右", "大约", "另行通知", "视情况")
_WAYS = ("原路", "转账", "现金", "微信", "支付宝", "银行", "扣减", "抵扣")
_CAPITALS = re.compile("[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整正]{2,}")
_PUNITIVE_NAMES = ("增加赔偿", "补偿")
_OWN_TEXTS = ("terms", "reserved", "late", "place", "attachments")


def checks(facts: Facts) -> tuple[Check, ...]:
    """Return every finding, also what is in order, in the order of the paper."""
    return (
        *_parties(facts),
        *_merchant(facts),
        *_all_or(_amounts(facts), "", "金额合计相符，大小写一致"),
        *_all_or(_days(facts), "", "履行日都在签订之后，都是工作日"),
        *_clarity(facts),
        *_ending(facts),
        *foreign_words(text for text in all_facts.texts(facts) if text[0].startswith(_OWN_TEXTS)),
    )


def _all_or(found: Iterable[Check], field: str, well: str) -> tuple[Check, ...]:
    return tuple(found) or (done(field, well),)


def _parties(facts: Facts) -> Iterator[Check]:
    who = facts.consumer
    if not who.name.strip():
        yield must("consumer_name", "甲方姓名没有填写", "请填写消费者姓名")
    if who.is_minor and not who.guardian.strip():
        yield must("guardian", "甲方是未成年人，没有写监护人", "请填写监护人，由监护人签名")
    if who.agent and not who.agent_authorised:
        yield look("agent_letter", f"{who.agent}没有授权委托书", "请收存委托书原件，或者由甲方本人签名")
    if not who.id_number.strip():
        yield look("id_no", "身份号码没有填写", "可以先打印，签名时当面补写")
    if not who.phone.strip():
        yield look("consumer_phone", "甲方电话没有填写", "可以先打印，签名时当面补写")


def _merchant(facts: Facts) -> Iterator[Check]:
    who = facts.merchant
    if not who.name.strip():
        yield must("merchant_name", "乙方名称没有填写", "请在商户资料里填写营业执照上的名称")
    if not who.uscc.strip():
        yield look("uscc", "乙方统一社会信用代码没有填写", "请核对营业执照，在商户资料里补上")
    if not who.handler.strip():
        yield look("merchant_handler", "乙方经办人没有填写", "可以先打印，签名时当面补写")
    elif not who.handler_authorised:
        yield look("merchant_authority", f"{who.handler}没有授权委托书", "没有授权，乙方须盖公章")


def _amounts(facts: Facts) -> Iterator[Check]:
    if not facts.terms:
        yield must("terms", "没有协议内容", "请至少写一项")
    total = sum(term.amount_fen or 0 for term in facts.terms)
    if total != facts.total_fen:
        text = f"各项相加是 {money.show(total)} 元，合计写的是 {money.show(facts.total_fen)} 元"
        yield must("terms", text, "请核对各项金额")
    for place, term in enumerate(facts.terms):
        yield from _both_ways(place, term)


def _both_ways(place: int, term: Term) -> Iterator[Check]:
    """An amount stands in figures and in capitals, and both are the same."""
    if term.amount_fen is None:
        return
    capitals = rmb_capitals(term.amount_fen).removeprefix("人民币").removesuffix("整")
    if capitals not in {written.rstrip("整正") for written in _CAPITALS.findall(term.words)}:
        text = f"第 {place + 1} 项的大写金额与 {money.show(term.amount_fen)} 元不一致"
        yield must(
            f"terms[{place}].text",
            text,
            f"大写应为“{capitals}整”" if term.amount_fen % 100 == 0 else f"大写应为“{capitals}”",
        )
    if not {money.show(term.amount_fen), money.yuan(term.amount_fen), str(term.amount_fen // 100)} & set(
        _figures(term)
    ):
        text = f"第 {place + 1} 项没有写小写金额 {money.show(term.amount_fen)} 元"
        yield look(f"terms[{place}].text", text, "大写旁边请写上小写")


def _figures(term: Term) -> Iterator[str]:
    """Yield the numbers standing in a clause."""
    number = ""
    for sign in f"{term.words} ":
        if sign in "0123456789.,":
            number += sign
        elif number:
            yield number.rstrip(".,")
            number = ""


def _days(facts: Facts) -> Iterator[Check]:
    for place, term in enumerate(facts.terms):
        if term.due_on is None:
            continue
        field, day = f"terms[{place}].due", long_day(term.due_on)
        if facts.signed_on and term.due_on < facts.signed_on:
            yield must(field, f"第 {place + 1} 项的期限 {day} 早于签订日期", "请核对日期")
            continue
        others = clauses.other_days(term.words, facts.signed_on, term.due_on) if facts.signed_on else ()
        if others:
            named = "、".join(map(long_day, others))
            yield look(field, f"第 {place + 1} 项的条文写了 {named}，期限是 {day}", "请核对应在哪一天履行")
        if term.due_is_working is False:
            yield look(field, f"第 {place + 1} 项的期限 {day} 不是工作日", "转账可能次日才到，请与双方确认")
        elif term.due_is_working is None:
            yield look(field, f"第 {place + 1} 项的期限 {day} 还没有放假安排", "当年的日历录入后再核对")


def _clarity(facts: Facts) -> Iterator[Check]:
    """What a court would find unclear."""
    for place, term in enumerate(facts.terms):
        vague = next((word for word in _VAGUE if word in term.words), "")
        if vague:
            yield look(f"terms[{place}].text", f"第 {place + 1} 项写了“{vague}”", "请写明具体的金额、日期或者做法")
        if term.amount_fen and not term.method and not any(way in term.words for way in _WAYS):
            yield look(f"terms[{place}].method", f"第 {place + 1} 项没有写付款方式", "请写明原路退回、转账或者现金")
        if term.code in clauses.PUNITIVE and not any(name in term.words for name in _PUNITIVE_NAMES):
            yield look(f"terms[{place}].text", f"第 {place + 1} 项是惩罚性质的款项", "请写明是“增加赔偿”还是“补偿”")


def _ending(facts: Facts) -> Iterator[Check]:
    if facts.final and not facts.reserved and any(term.code in clauses.INJURY for term in facts.terms):
        yield look("reserved", "有损害赔偿又一次性了结", "后续费用是否另计，请在保留事项里写明")
    if facts.copies < agreement.LEAST_COPIES:
        yield look("copies", f"只打印 {facts.copies} 份", "甲方、乙方和商场各执一份，至少 3 份")
