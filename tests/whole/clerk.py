"""A clerk who works as fast as the machine lets him, until he is killed: the other process of test_kill.

Run as `python -m tests.whole.clerk`: each line on standard input names a job and a data folder and
is done by a child, so that it is killed at work and not while it imports. The answers are JSON lines.
"""

import json
import os
import sys
from pathlib import Path

from odr_desk.papers import pdf, reading_back  # noqa: F401 - imported ahead of the first paper
from odr_desk.papers.content import Content
from odr_desk.rules.agreement import AgreementDraft
from odr_desk.rules.case import CaseDraft, Claim
from odr_desk.rules.clauses import TermDraft
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.rules.keeping import Why
from odr_desk.rules.moments import day_of
from odr_desk.rules.people import PROGRAM
from odr_desk.services import agreements, cases, issuing, registration, timeline
from odr_desk.store import backup, opening


def main() -> None:
    """Have a child do what each line asks for, and say when it has ended."""
    pdf.render(Content("", "", ()))  # the font is there before the children are
    for line in sys.stdin:
        job, folder = json.loads(line)
        child = os.fork()
        if child == 0:
            {"work": work, "back_up": back_up}[job](Path(folder))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        _say("ended", os.WTERMSIG(status))


def work(folder: Path) -> None:
    """Register, note, agree, issue; say each step when it is durable."""
    _say("child", os.getpid())
    database = opening.open_database(folder)
    for turn in range(10_000):
        with database.writing(PROGRAM, "case.create") as step:
            draft = CaseDraft(
                channel="CH01",
                received_at=step.now,
                consumer_name="周女士",
                consumer_phone="19900000023",
                merchant_no="M0001",
                product="“一口价”黄金吊坠",
                amount=328_000,
                problem="P09",
                facts=f"第 {turn} 次说明" * 20,
            )
            number = registration.register(step, draft, (Claim("C04", 328_000),), key=f"{os.getpid()}-{turn}").case_no
        _say("case", number)
        with database.writing(PROGRAM, "event.add") as step:
            event = EventDraft(kind=EventKind.CALL, party=Party.CONSUMER, text="已致电说明")
            timeline.add(step, cases.named(step, number), event)
        _say("event", number)
        if turn % 3 == 0:
            with database.writing(PROGRAM, "agree") as step:
                term = TermDraft(kind="C06", amount=129_900, method="原路退回", due=day_of(step.now), goods_back="吊坠")
                agreed = agreements.agree(step, number, AgreementDraft(), (term,)).agreement_no
            _say("agreement", agreed)
            with database.writing(PROGRAM, "document.issue") as step:
                issuing.issue(step, "settlement_agreement", number)
            _say("document", agreed)


def back_up(folder: Path) -> None:
    """Make one backup after the other."""
    _say("child", os.getpid())
    database = opening.open_database(folder)
    for _ in range(10_000):
        made = backup.make(folder, Why.MANUAL, database.clock())
        _say("backup", made.path.name)


def _say(kind: str, what: object) -> None:
    os.write(1, (json.dumps([kind, what]) + "\n").encode())


if __name__ == "__main__":
    main()
