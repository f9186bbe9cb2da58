import re
import time
import tomllib

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel

from odr_desk import paths
from odr_desk.ui import icons, theme
from odr_desk.ui.widgets.boxes import column, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.words import Words

TOKENS = tomllib.loads(paths.resource("theme", "tokens.toml").read_text("utf-8"))
GROUNDS = ("window", "surface", "raised", "hover", "accent_soft")
HELD = (
    "window",
    "surface",
    "raised",
    "hover",
    "pressed",
    "act_soft",
    "late_soft",
)  # what a button or a field stands on
TEXT = [(ink, ground) for ink in ("text", "secondary", "accent", "act", "wait", "done", "late") for ground in GROUNDS]
TEXT += [(state, f"{state}_soft") for state in ("act", "wait", "done", "late")]
TEXT += [("secondary", "late_soft"), ("text", "act_soft"), ("secondary", "rail"), ("accent", "rail"), ("text", "rail")]
TEXT += [("on_accent", ground) for ground in ("accent_fill", "accent_hov", "accent_prs")]
TEXT += [("secondary", "pressed"), ("text", "pressed"), ("ink", "sheet"), ("gap_ink", "gap"), ("surface", "text")]
TEXT += [(ink, "pressed") for ink in ("act", "wait", "done", "late", "accent")]
OUTLINES = [(line, ground) for line in ("field", "accent", "late") for ground in HELD] + [("chart", "raised")]
OUTLINES += [
    ("text", "window"),
    ("text", "raised"),
    ("accent", "rail"),
    ("accent_fill", "raised"),
]  # ring of a primary button


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_words_can_be_read(mode, ink, ground):
    assert contrast(TOKENS[mode][ink], TOKENS[mode][ground]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), OUTLINES)
def test_outlines_can_be_seen(mode, line, ground):
    assert contrast(TOKENS[mode][line], TOKENS[mode][ground]) >= 3


@pytest.mark.parametrize("part", ["QPushButton", "QLineEdit", 'QLineEdit[kind="search"]', "QCheckBox::indicator"])
def test_what_can_be_pressed_or_typed_into_has_an_outline_that_is_checked(part):
    sheet = paths.resource("theme", "app.qss").read_text("utf-8")
    rules = re.findall(r"^([^{/]+)\{([^}]*)\}", sheet, re.MULTILINE)
    inks = [
        ink
        for names, rule in rules
        if part in names.strip().split(", ")
        for ink in re.findall(r"border: 1px solid @(\w+)", rule)
    ]
    assert inks == ["field"]


def test_both_modes_have_the_same_roles():
    assert TOKENS["light"].keys() == TOKENS["dark"].keys()


@pytest.mark.parametrize("density", theme.Density)
def test_no_size_is_named_like_a_colour(density):
    read = theme.read(density=density)
    assert not read.sizes.keys() & read.colours.keys()


@pytest.mark.parametrize("dark", [False, True])
def test_the_sheet_is_filled_in_completely(dark):
    sheet = theme.read(dark=dark).sheet()
    assert "@" not in sheet
    template = paths.resource("theme", "app.qss").read_text("utf-8")
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b", template)


def test_dressing_again_changes_colours_and_sizes(dressed, qtbot):
    label = QLabel("字")
    qtbot.addWidget(label)
    theme.widen(label, 100)
    label.show()
    theme.apply(dressed, theme.read(dark=True, density=theme.Density.LARGE))
    try:
        assert label.width() == theme.wide(100) == 123  # as much wider as the type is larger
        assert theme.colour("window").name() == TOKENS["dark"]["window"].lower()
        assert QApplication.palette().color(QPalette.ColorRole.Window) == theme.colour("window")
        assert theme.font().pixelSize() == 16
        assert label.font().pixelSize() == 16
    finally:
        theme.apply(dressed, theme.read())
    assert theme.font().pixelSize() == 13


def test_digits_are_of_equal_width(dressed):
    from PySide6.QtGui import QFontMetrics

    metrics = QFontMetrics(theme.font())
    assert {metrics.horizontalAdvance(digit * 10) for digit in "0123456789"} == {metrics.horizontalAdvance("0" * 10)}


def test_the_shipped_type_is_used_where_the_system_has_none(dressed):
    from PySide6.QtGui import QFontInfo

    assert QFontInfo(theme.font()).family() in theme.now().families["family"]


def test_system_mode_follows_the_platform_and_else_is_light(dressed):
    assert theme.wants_dark(dressed, theme.Mode.DARK)
    assert not theme.wants_dark(dressed, theme.Mode.LIGHT)
    assert theme.wants_dark(dressed, theme.Mode.SYSTEM) == (dressed.styleHints().colorScheme().name == "Dark")


def test_a_tooltip_never_reads_text_as_html():
    assert theme.plain_tip("金额 < 100") == "<p style='white-space:pre-wrap'>金额 &lt; 100</p>"
    assert theme.plain_tip("普通") == "普通"


def test_an_icon_takes_the_colour_of_its_role(dressed):
    picture = icons.pixmap("mark_act", "act", 16, 2.0).toImage()
    assert picture.width() == 32
    assert picture.pixelColor(16, 16) == theme.colour("act")
    assert icons.pixmap("mark_act", "act", 16, 2.0) is icons.pixmap("mark_act", "act", 16, 2.0)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5])
def test_an_icon_is_drawn_for_the_pixels_of_the_screen(dressed, ratio):
    assert icons.pixmap("cases", "text", 16, ratio).width() == round(16 * ratio)


def test_no_icon_is_asked_for_that_is_not_there():
    known = {path.stem for path in paths.resource("icons").glob("*.svg")}
    assert {"search", "close", "down", "back", "right", "today", "alert", "check", "clock", "jump"} <= known


def test_a_full_window_changes_its_look_as_fast_as_it_is_dressed_first(dressed, qtbot):
    place = panel(column(*(panel(row(Words("字", "small"), Button("钮"))) for _ in range(100))))
    for _ in range(8):
        place = panel(column(place))
    qtbot.addWidget(place)
    place.show()

    def cost(job):
        begun = time.process_time()
        job()
        return time.process_time() - begun

    try:
        first = cost(lambda: dressed.setStyleSheet("")) + cost(lambda: dressed.setStyleSheet(theme.read().sheet()))
        assert cost(lambda: theme.apply(dressed, theme.read(dark=True))) < 3 * first
    finally:
        theme.apply(dressed, theme.read())
