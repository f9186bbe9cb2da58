"""What was seen of a purchase stays with those who may see it: nothing that goes out says a word of it."""

import ast
from datetime import date

import pytest
from sqlalchemy import select

from odr_desk import paths
from odr_desk.model.case import Case
from odr_desk.papers import PAPERS, facts, making, reading_back
from odr_desk.rules.errors import DeskError
from odr_desk.rules.observed import Observed
from odr_desk.rules.people import PROGRAM
from odr_desk.rules.period import Period
from odr_desk.services import case_export, case_file, dump, feedback, issuing, observations, queue
from odr_desk.services.figures import FIGURES
from odr_desk.services.figures.report import circumstances
from odr_desk.services.queue import CaseFilter
from odr_desk.ui.cases import columns

MAY_KNOW = frozenset(
    {
        "odr_desk.rules.observed", "odr_desk.model.case", "odr_desk.services.observations",
        "odr_desk.port.verbs.compared", "odr_desk.ui.cases.observed", "odr_desk.ui.cases.compared",
        "odr_desk.services.belongings",  # moves them with a case that is merged
    }
)  # fmt: skip
NAMES = frozenset({"observations", "Observation", "Observed", "observed"})
WORDS = tuple(kind.label for kind in Observed)


@pytest.fixture
def training(trained, copied):
    return copied(trained)


def said(database):
    """Return everything that could leave the desk about every case, as plain words."""
    found = []
    with database.reading(PROGRAM) as work:
        numbers = work.session.scalars(select(Case.number).order_by(Case.id)).all()
        for number in numbers:
            found += [_tried(lambda number=number: feedback.standing(work, number).texts)]
            for paper in PAPERS:
                sheet = _tried(lambda number=number, paper=paper: issuing.look(work, paper.code, number))
                found.append(sheet if isinstance(sheet, str) else facts.as_json(sheet.known))
        month = circumstances(work, Period(date(2026, 1, 1), date(2026, 12, 31)))
        found += [repr(report.collect(work, month)) for report in FIGURES]
        rows = queue.by_ids(work, queue.ids(work, CaseFilter(view="all")))
        found += [repr([column.show(column.value(row)) for column in columns.QUEUE]) for row in rows]
        found += [repr(case_file.detail(work, number)) for number in numbers]
    return found


def _tried(read):
    try:
        found = read()
    except DeskError as error:
        return f"{type(error).__name__} {error}"
    return found if isinstance(found, issuing.Sheet) else repr(found)


def test_no_paper_export_or_feedback_changes_by_what_was_seen(training, tmp_path):
    before = said(training)
    assert len([text for text in before if not text.startswith(("Missing", "IllegalMove", "Invalid"))]) > 60
    with training.writing(PROGRAM, "case.observe") as work:
        numbers = work.session.scalars(select(Case.number)).all()
        for number in numbers:
            for kind in Observed:
                observations.note(work, number, kind, seen=True)
    assert said(training) == before
    with training.reading(PROGRAM) as work:
        sheet = next(sheet for number in numbers if (sheet := _sheet(work, number)) is not None)
        printed = "".join(reading_back.text_of(making.preview(issuing.paper_of(sheet.kind), sheet.known).data))
        out = tmp_path / "list.xlsx"
        case_export.prepare(work, CaseFilter(view="all"), columns.QUEUE, out, lambda _done, _total: None).file.put()
        listed = _cells(out)
    assert sheet.number in printed or sheet.title in printed
    assert all(number.rsplit("-", 1)[-1] in listed for number in numbers)
    assert [word for word in WORDS if word in printed or word in listed] == []


def _sheet(work, number):
    try:
        return issuing.look(work, "registration_receipt", number)
    except DeskError:
        return None


def _cells(path):
    import openpyxl

    book = openpyxl.load_workbook(path)
    return "\n".join(str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line)


def test_whoever_may_not_see_it_gets_a_dump_without_it(database, clerk, mediator):
    from make import make_case

    with database.writing(mediator, "case.observe") as work:
        observations.note(work, make_case(work).number, Observed.SERIES, seen=True)
    with database.reading(mediator) as work:
        assert any('"table":"observations"' in line for line in dump.lines(work))
    with database.reading(clerk) as work:
        assert not any("observations" in line for line in dump.lines(work))


def test_only_the_modules_named_here_know_of_it():
    root = paths.resource().parent / "odr_desk"
    know = {
        ".".join(file.relative_to(root.parent).with_suffix("").parts)
        for file in root.rglob("*.py")
        if _knows(file.read_text(encoding="utf-8"))
    }
    assert know - {"odr_desk.port.verbs"} <= MAY_KNOW | {"odr_desk.ui.cases.facts", "odr_desk.ui.cases.case_page"}


def _knows(source):
    if not any(name in source for name in NAMES):
        return False
    return any(_names(node) & NAMES for node in ast.walk(ast.parse(source)))


def _names(node):
    if isinstance(node, ast.Import | ast.ImportFrom):
        module = (getattr(node, "module", "") or "").rsplit(".", 1)[-1]
        return {alias.name.rsplit(".", 1)[-1] for alias in node.names} | {module}
    return set()
