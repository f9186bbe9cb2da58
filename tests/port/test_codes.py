def test_codes_are_added_renamed_and_retired_over_the_port(port, desk_port):
    assert desk_port.refused("code.add", group="claims", code="C19", name="上门取件")["code"] == "denied"
    from conftest import PASSWORD

    port.get("login", user="admin", password=PASSWORD)
    port.get("code.add", group="claims", code="C19", name="上门取件")
    assert port.get("code.list", group="claims")["rows"][-1] == {
        "code": "C19", "name": "上门取件", "short": "上门取件", "retired": False,
    }  # fmt: skip
    port.get("code.rename", group="claims", old="C19", code="C20", name="上门取送")
    port.get("code.retire", group="claims", code="C16")
    retired = {row["code"]: row["retired"] for row in port.get("code.list", group="claims")["rows"]}
    assert (retired["C19"], retired["C20"], retired["C16"]) == (True, False, True)
    port.get("code.retire", group="claims", code="C16", back=True)
    assert port.refused("code.retire", group="problems", code="P01")["field"] == "group"
    assert port.refused("code.retire", group="claims", code="C99")["code"] == "not_found"
