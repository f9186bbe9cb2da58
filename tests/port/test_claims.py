from datetime import date

from odr_desk.rules import calculators
from odr_desk.rules.fields import fields_of


def test_a_claim_is_worked_out_and_nothing_is_written(desk_port):
    before = desk_port.get("dump")
    found = desk_port.get("claim.calculate", rule="R_X3", inputs={"price": "1280.00"})
    assert found["label"] == "主张参考"
    assert found["figures"] == [{"label": "合计", "amount": "5120.00"}, {"label": "其中增加赔偿", "amount": "3840.00"}]
    assert found["steps"][0] == "3 × 1,280.00 = 3,840.00，不低于 500.00"
    assert found["article"].startswith("消保法55(1)")
    assert found["conditions"] and found["exceptions"] and found["versions"]
    assert desk_port.get("dump") == before


def test_days_and_words_come_as_such(desk_port):
    given = {"received_on": "2026-11-09", "asked_on": "2026-11-16"}
    found = desk_port.get("claim.calculate", rule="R_RETURN7", inputs=given)
    assert found["stands"]
    assert found["figures"] == [
        {"label": "消费者可选", "text": "退货"},
        {"label": "最后一日", "day": date(2026, 11, 16).isoformat()},
    ]
    late = desk_port.get("claim.calculate", rule="R_RETURN7", inputs=given | {"asked_on": "2026-11-17"})
    assert (late["stands"], late["figures"]) == (False, [])


def test_refusals_name_the_input(desk_port):
    assert desk_port.refused("claim.calculate", inputs={"price": "1"})["field"] == "rule"
    assert desk_port.refused("claim.calculate", rule="R_X3")["field"] == "price"
    assert desk_port.refused("claim.calculate", rule="R_X3", inputs={"price": "-1"})["field"] == "price"
    for rule, label in (("R_X3", "价款或费用"), ("R_X10", "食品价款"), ("R_3BAO_DEPR", "发票价")):
        refused = desk_port.refused("claim.calculate", rule=rule, inputs={"price": "-1", "used_days": 1, "rate": "0.5"})
        assert any(one["message"].startswith(label) for one in refused["problems"]), refused
    assert desk_port.refused("claim.calculate", rule="R_X3", inputs={"price": "1", "gift": "1"})["field"] == "gift"
    assert desk_port.refused("claim.calculate", rule="R_X3", inputs={"price": "1", "other": "1"})["field"] == "other"


def test_an_input_of_one_name_is_of_one_kind_in_every_rule():
    kinds: dict[str, set] = {}
    for calculator in calculators.CALCULATORS:
        for field in fields_of(calculator.takes):
            kinds.setdefault(field.name, set()).add(field.kind)
    assert {name for name, found in kinds.items() if len(found) > 1} == set()
