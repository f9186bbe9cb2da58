import pytest

from odr_desk.rules.call_script import ScriptDraft, check_script, is_ticked, ticked, unticked
from odr_desk.rules.errors import Invalid
from odr_desk.rules.events import Party


def test_points_are_lines_without_blanks_and_colons():
    draft = ScriptDraft(problem="P01", party=Party.CONSUMER, points="  哪天买的：\n\n票据在不在 \n")
    assert check_script(draft) == ("哪天买的", "票据在不在")


@pytest.mark.parametrize(
    ("points", "said"),
    [("\n".join("一二三四五六七八九"), "最多 8 点"), ("问" * 25, "最多 24 字"), ("同\n同", "两点一样")],
)
def test_a_script_too_long_to_be_asked_is_refused(points, said):
    with pytest.raises(Invalid, match=said):
        check_script(ScriptDraft(party=Party.MERCHANT, points=points))


def test_a_script_asks_the_consumer_or_the_merchant():
    with pytest.raises(Invalid, match="问消费者和问商户"):
        check_script(ScriptDraft(party=Party.REGULATOR, points="一"))


def test_ticking_opens_a_line_for_the_answer_and_unticking_takes_an_empty_one_back():
    note = ticked("她说要退\n", "哪天买的")
    assert note == "她说要退\n哪天买的："
    assert is_ticked(note, "哪天买的")
    assert unticked(note, "哪天买的") == "她说要退"
    answered = f"{note}上周六"
    assert is_ticked(answered, "哪天买的")
    assert unticked(answered, "哪天买的") == answered, "an answer is never thrown away"
