"""The loop of the port: one JSON request a line, one answer a line, in order, written when it is durable."""

import json
import logging
import uuid
from collections.abc import Iterator
from typing import BinaryIO

from odr_desk.port import answers, verb, verbs
from odr_desk.port.session import Session
from odr_desk.port.verb import Verb
from odr_desk.rules.errors import DeskError, Invalid, Trouble

LONGEST_LINE = 10_000_000
log = logging.getLogger(__name__)


def serve(session: Session, source: BinaryIO, target: BinaryIO) -> None:
    """Answer every line until the input ends."""
    for line in _lines(source):
        answer = answer_line(session, line)
        target.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        target.flush()


def answer_line(session: Session, line: bytes | None) -> dict[str, object]:
    """Return the answer to one line; None stands for a line that was too long to keep."""
    request: dict[str, object] = {}
    try:
        request = _request(line)
        done = _verb(session, request.get("verb"))
        sent = {name: given for name, given in request.items() if name not in ("id", "verb")}
        if not done.open_to_all:
            session.who()
            _keep_up(session)
        result = done.run(session, verb.read(done, sent))
        return {"id": request.get("id"), "ok": True, "result": answers.value(result)}
    except DeskError as error:
        return {"id": request.get("id"), "ok": False, "error": answers.refusal(error)}
    except Exception:
        mark = uuid.uuid4().hex[:8]
        log.exception("port request failed, report %s", mark)
        words = f"程序内部出错（报告号 {mark}），这一步没有完成。请把日志交给维护人员"
        return {"id": request.get("id"), "ok": False, "error": {"code": "internal", "message": words}}


def _keep_up(session: Session) -> None:
    """Let the day turn; where the disk is full or taken, the request is answered all the same."""
    try:
        session.keep_up()
    except Trouble as error:
        log.warning("the day could not be turned: %s", type(error).__name__)


def _verb(session: Session, name: object) -> Verb:
    if name is None:
        raise Invalid.of("verb", '这一行没有写动词，请加上 "verb"')
    done = verbs.BY_NAME.get(str(name))
    if done is None:
        raise Invalid.of("verb", f"没有“{str(name)[:40]}”这个动词")
    if session.damage is not None and not done.despite_damage:
        raise session.damage
    return done


def _lines(source: BinaryIO) -> Iterator[bytes | None]:
    while line := source.readline(LONGEST_LINE):
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            if line.strip():
                yield line
            continue
        while line and not line.endswith(b"\n"):
            line = source.readline(LONGEST_LINE)
        yield None


def _request(line: bytes | None) -> dict[str, object]:
    if line is None:
        raise Invalid.of("line", "这一行超过 10 MB，没有读入")
    try:
        found = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_no_twins)
    except UnicodeDecodeError:
        raise Invalid.of("line", "这一行不是 UTF-8 文字") from None
    except RecursionError:
        raise Invalid.of("line", "这一行嵌套太深，没有读入") from None
    except ValueError:
        raise Invalid.of("line", "这一行不是合法的 JSON") from None
    if not isinstance(found, dict):
        raise Invalid.of("line", "这一行应为 JSON 对象")
    if b"\\u" in line and _is_torn(found):
        raise Invalid.of("line", "这一行里有不成对的代理字符（如 \\ud800），不是完整的文字")
    return found


def _is_torn(found: object) -> bool:
    """Tell whether a text holds half of a character, which no file and no answer can carry."""
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _no_number(text: str) -> object:
    raise ValueError(text)


def _no_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found
