from make import make_case, make_merchant


def test_hits_say_what_was_hit_and_where(desk_port, database, manager):
    with database.writing(manager, "case.create") as work:
        shop = make_merchant(work, findable="金禧珠宝|jxzb", initials="jxzb", name="金禧珠宝", brand="").number
        number = make_case(work, merchant_no=shop, consumer_phone="19900004567", facts="戒指松了，要求保养").number
    desk_port.get("event.add", case_no=number, kind="call", party="merchant", text="店长答应周六看货")
    (hit,) = desk_port.get("search", text="周六看货")["hits"]
    assert (hit["kind"], hit["case_no"], hit["entry"]) == ("event", number, 2)
    assert [hit["snippet"][start:end] for start, end in hit["ranges"]] == ["周六看货"]
    (hit,) = desk_port.get("search", text="4567")["hits"]
    assert (hit["kind"], hit["snippet"], hit["ranges"]) == ("phone", "199****4567", [[7, 11]])
    hits = desk_port.get("search", text="jx", limit=1)["hits"]
    assert [(one["kind"], one.get("merchant_no"), one.get("case_no")) for one in hits] == [
        ("merchant_file", shop, None),
        ("merchant", None, number),
    ]


def test_nothing_said_is_refused(desk_port):
    assert desk_port.refused("search", text="")["field"] == "text"
    assert desk_port.refused("search", text="退", limit=0)["field"] == "limit"
    assert desk_port.get("search", text="没有这样的字")["hits"] == []
