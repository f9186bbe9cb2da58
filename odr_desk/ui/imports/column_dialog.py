"""Which column of a foreign table is what, said by a person where its headings do not say it."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import Invalid
from odr_desk.services import import_source
from odr_desk.services.import_source import UNUSED, Source
from odr_desk.ui import ask, theme
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.choice_edit import ChoiceEdit
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.words import Words

_WIDE = 220


def show(parent: QWidget, source: Source, said: Callable[[Mapping[str, str]], object]) -> None:
    """Ask what each column stands for; `said` gets a field, or nothing, for every heading."""
    options = ((UNUSED, "不用这一列"), *import_source.fields(source.profile))
    choices: dict[str, ChoiceEdit] = {}
    body = column(Words("表里的列在左，要填的内容在右；没有认出来的排在前面。", "secondary", wrap=True), gap=8)
    for heading, field in import_source.columns(source).items():
        choice = choices[heading] = ChoiceEdit(options)
        choice.set_value(field)
        theme.widen(choice, _WIDE)
        choice.setAccessibleName(f"“{heading}”对应")
        body.addLayout(row(Words(heading, elide=True), choice, gap=12))
    dialog = Dialog(f"{source.file_name} 对应各列", body, do="按这样读", closes=False, parent=parent)

    def submit() -> None:
        chosen = {heading: str(choice.value() or UNUSED) for heading, choice in choices.items()}
        try:
            import_source.check_columns(source.profile, chosen)
        except Invalid as error:
            dialog.show_error(error)
            return
        dialog.accept()
        said(chosen)

    dialog.submitted.connect(submit)
    ask.show(dialog)
