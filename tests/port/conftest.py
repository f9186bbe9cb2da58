import json

import pytest
from conftest import PASSWORD

from odr_desk.port import server
from odr_desk.port.session import Session


class Talker:
    """Speaks the port in-process: `ask(verb, **arguments)` returns the whole answer."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def ask(self, verb: str, **arguments: object) -> dict:
        return json.loads(
            json.dumps(server.answer_line(self.session, json.dumps({"id": 1, "verb": verb, **arguments}).encode()))
        )

    def get(self, verb: str, **arguments: object) -> dict:
        answer = self.ask(verb, **arguments)
        assert answer["ok"], answer
        return answer["result"]

    def refused(self, verb: str, **arguments: object) -> dict:
        answer = self.ask(verb, **arguments)
        assert not answer["ok"], answer
        return answer["error"]


@pytest.fixture
def port(database, tmp_path):
    return Talker(Session(tmp_path, opened=database))


@pytest.fixture
def desk_port(port):
    port.get("login", user="manager", password=PASSWORD)
    return port
