"""Colours, sizes and type by role: read from the tokens, put on the application once.

Qt keeps one palette and one style sheet for a whole process; the roles that a palette has no
place for stand beside them here, and painted widgets ask `colour("act_soft")` when they paint.
No other module names a colour or sets a style sheet.
"""

import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from odr_desk import paths
from odr_desk.rules.labels import Word

_LONGEST_TIP = 1000
STYLED = "is_fusion"
"""Property of an application that was started as Fusion: setting the style later costs 30 ms before the first paint."""
_WIDE = "wide"
_TOKEN = re.compile(r"@(\w+)")
_QT = QPalette.ColorRole
_PALETTE: tuple[tuple[QPalette.ColorRole, str], ...] = (
    (_QT.Window, "window"),
    (_QT.Base, "surface"),
    (_QT.AlternateBase, "hover"),
    (_QT.Button, "raised"),
    (_QT.Text, "text"),
    (_QT.WindowText, "text"),
    (_QT.ButtonText, "text"),
    (_QT.BrightText, "late"),
    (_QT.ToolTipBase, "text"),
    (_QT.ToolTipText, "surface"),
    (_QT.PlaceholderText, "secondary"),
    (_QT.Highlight, "accent_fill"),
    (_QT.HighlightedText, "on_accent"),
    (_QT.Link, "accent"),
    (_QT.LinkVisited, "accent"),
    (_QT.Light, "raised"),
    (_QT.Midlight, "hairline"),
    (_QT.Mid, "border"),
    (_QT.Dark, "field"),
    (_QT.Shadow, "field"),
)


class Mode(Word):
    """Which of the two sets of colours is used."""

    SYSTEM = "system", "跟随系统"
    LIGHT = "light", "浅色"
    DARK = "dark", "深色"


class Density(Word):
    """How much room a row takes, and the size of the type with it."""

    COMPACT = "compact", "紧凑"
    MIDDLE = "middle", "适中"
    LARGE = "large", "宽松"


class Weight(Enum):
    """The two weights in use."""

    PLAIN = QFont.Weight.Normal
    BOLD = QFont.Weight.DemiBold


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours and one set of sizes."""

    dark: bool
    density: Density
    colours: Mapping[str, str]
    sizes: Mapping[str, int]
    families: Mapping[str, list[str]]

    def sheet(self) -> str:
        """Return the style sheet with every `@role` and `@size` filled in."""
        words = {**self.colours, **{name: f"{size}px" for name, size in self.sizes.items()}}
        template = paths.resource("theme", "app.qss").read_text("utf-8")
        return _TOKEN.sub(lambda found: words[found[1]], template)

    def palette(self) -> QPalette:
        """Return the palette for everything that Qt paints by itself."""
        palette = QPalette()
        for role, name in _PALETTE:
            palette.setColor(role, QColor(self.colours[name]))
        for role in (_QT.Text, _QT.WindowText, _QT.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(self.colours["disabled"]))
        return palette


def read(*, dark: bool = False, density: Density = Density.COMPACT) -> Theme:
    """Read the tokens of one mode and one density."""
    tokens = _tokens()
    sizes = {**tokens["size"], **tokens["density"][density.value]}
    row = sizes["row"]  # fields and buttons are as high as a row; inside their border of 1 or 2 px:
    sizes |= {"control": row, "inner": row - 2, "inner_focus": row - 4, "tiny": sizes["small"] - 1}
    return Theme(dark, density, tokens["dark" if dark else "light"], sizes, tokens["font"])


@cache
def _tokens() -> dict[str, Any]:
    return tomllib.loads(paths.resource("theme", "tokens.toml").read_text("utf-8"))


class _Worn:
    """What the application wears now; Qt has one look a process, so there is one of these."""

    theme: Theme | None = None
    colours: dict[str, QColor] = {}  # noqa: RUF012 - replaced as a whole by apply()


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the application: style, palette, type and the one style sheet.

    The old sheet is taken off first: to change from one into the other costs Qt eight times as much.
    """
    first = _Worn.theme is None
    _Worn.theme = theme
    _Worn.colours = {name: QColor(value) for name, value in theme.colours.items()}
    font.cache_clear()
    if first:
        _add_fonts()
        if not app.property(STYLED):
            app.setStyle("Fusion")
    app.setStyleSheet("")
    app.setFont(font())
    app.setPalette(theme.palette())
    app.setStyleSheet(theme.sheet())
    if not first:
        for widget in app.allWidgets():
            if drawn := widget.property(_WIDE):
                widget.setFixedWidth(wide(drawn))


def now() -> Theme:
    """Return what the application wears."""
    if _Worn.theme is None:
        raise RuntimeError("theme.apply() comes before the first widget")
    return _Worn.theme


def colour(role: str) -> QColor:
    """Return the colour of a role in the present mode."""
    return _Worn.colours[role]


def size(name: str) -> int:
    """Return a size in logical pixels: `row`, `control`, `small`, `body`, `title`, `figure`, `radius`."""
    return now().sizes[name]


def wide(pixels: int) -> int:
    """Return a width that was measured for the small type as the type of now needs it."""
    return round(pixels * size("body") / _tokens()["density"][Density.COMPACT.value]["body"])


def widen(widget: QWidget, pixels: int) -> None:
    """Give a widget of words a fixed width, measured for the small type; it grows with the density."""
    widget.setProperty(_WIDE, pixels)
    widget.setFixedWidth(wide(pixels))


@cache
def font(name: str = "body", weight: Weight = Weight.PLAIN) -> QFont:
    """Return the type of a size by name, with digits of equal width."""
    made = QFont()
    made.setFamilies(now().families["family"])
    made.setPixelSize(size(name))
    made.setWeight(weight.value)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def bold(name: str = "body") -> QFont:
    """Return the semi-bold type of a size."""
    return font(name, Weight.BOLD)


def wants_dark(app: QApplication, mode: Mode) -> bool:
    """Tell whether the mode means dark; a platform that does not say is light."""
    if mode is Mode.SYSTEM:
        return app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return mode is Mode.DARK


def restyle(widget: QWidget) -> None:
    """Look the widget up in the style sheet again, after one of its properties changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def plain_tip(text: str) -> str:
    """Return a tooltip text that Qt shows as it stands: it guesses HTML from the first tag."""
    text = text if len(text) <= _LONGEST_TIP else f"{text[:_LONGEST_TIP]}……"
    if "<" not in text:
        return text
    import html

    return f"<p style='white-space:pre-wrap'>{html.escape(text)}</p>"


def _add_fonts() -> None:
    """Register the shipped interface type, except where Windows brings its own."""
    if sys.platform == "win32" and QFontDatabase.hasFamily(now().families["family"][0]):
        return
    for file in sorted(paths.resource("fonts").glob("NotoSansSC*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
