import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from odr_desk import paths

RARE_NAMES = "㛃䶮𬭚"


@pytest.mark.parametrize("name", ["NotoSansSC-Regular", "NotoSansSC-SemiBold", "NotoSerifSC-Regular"])
def test_fonts_draw_rare_names_and_everyday_signs(name):
    face = TTFontFile(str(paths.resource("fonts", f"{name}.ttf")))
    for character in RARE_NAMES + "商户消费者，。：；（）《》“”￥0123456789":
        assert ord(character) in face.charToGlyph, f"{name} lacks {character}"


@pytest.mark.parametrize("family", ["NotoSansSC", "NotoSerifSC"])
def test_each_family_comes_with_its_licence(family):
    text = paths.resource("fonts", f"{family}-OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
