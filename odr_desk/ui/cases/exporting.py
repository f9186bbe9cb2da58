"""Writes what the queue shows, or what is chosen in it, into a workbook."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from odr_desk.rules.columns import Column
from odr_desk.rules.errors import DeskError
from odr_desk.services import case_export
from odr_desk.services.case_export import Listed
from odr_desk.services.queue import CaseFilter, CaseRow
from odr_desk.ui import ask
from odr_desk.ui.screen import Shell


def save(
    shell: Shell,
    parent: QWidget,
    name: str,
    wanted: CaseFilter,
    shown: Sequence[Column[CaseRow]],
    numbers: Sequence[str] = (),
) -> None:
    """Ask where to, then write all rows of the list, or these cases of it; the file is there once it is on record."""
    path = ask.save_file(parent, "导出列表", f"{name}.xlsx", "Excel 工作簿 (*.xlsx)")
    if path is None:
        return
    file = path if path.suffix else path.with_suffix(".xlsx")
    running = shell.run("正在导出 Excel")

    def done(made: Listed) -> None:
        running.finish()
        shell.desk.write(
            parent,
            lambda work: case_export.note(work, made),
            lambda _: shell.say(f"已导出 {made.count:,} 件到 {file.name}"),
            shell.refuse,
            verb="case.export",
        )

    def failed(error: DeskError) -> None:
        running.finish()
        shell.refuse(error)

    shell.desk.survey(
        parent, lambda work: case_export.prepare(work, wanted, shown, file, running.progress, numbers), done, failed
    )
