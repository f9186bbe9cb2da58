"""外观: light or dark, and the height of rows; kept for each person."""

from odr_desk.ui.admin.section import Section
from odr_desk.ui.screen import Shell
from odr_desk.ui.theme import Density, Mode
from odr_desk.ui.widgets.boxes import card, column, row
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.words import Words


class Look(Section):
    """Changes at once; everybody has an own choice."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "外观", "只对自己的账号生效")
        self.mode = Segments([(mode, mode.label) for mode in Mode], shell.wardrobe.mode)
        self.density = Segments([(density, density.label) for density in Density], shell.wardrobe.density)
        for segments in (self.mode, self.density):
            segments.changed.connect(self._dress)
        body = column(
            row(Labelled("颜色", self.mode), None),
            row(Labelled("行高和字号", self.density), None),
            Words("在任何页面按 F4 也能换行高。", "small"),
            gap=12,
        )
        self.stand(column(card(body, margins=(16, 12, 16, 12))))

    def refresh(self) -> None:
        """Show what is worn: F4 may have changed it."""
        self.mode.set_value(self.shell.wardrobe.mode)
        self.density.set_value(self.shell.wardrobe.density)

    def _dress(self) -> None:
        self.shell.dress(Mode(str(self.mode.value())), Density(str(self.density.value())))
