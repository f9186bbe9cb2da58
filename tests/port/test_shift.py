"""The shift hand-over through the port."""

from make import make_case

from odr_desk.rules.people import PROGRAM


def test_the_hand_over_is_told_and_saved(desk_port, database, tmp_path):
    with database.writing(PROGRAM, "case.create") as work:
        number = make_case(work).number
    desk_port.get("case.next_step", case_no=number, text="等回话", due="2026-11-24")
    desk_port.get("event.add", case_no=number, kind="call", party="merchant", text="店长承诺明天退款")
    found = desk_port.get("handover", out=str(tmp_path / "a.pdf"))
    assert [row["case_no"] for row in found["cases"]] == [number]
    assert found["calls"][0]["what"] == "等回话"
    assert found["promised"][0]["until"] == "2026-11-24"
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert desk_port.get("handover", handler="clerk")["cases"] == []
    assert desk_port.refused("handover", handler="nobody")["field"] == "handler"
