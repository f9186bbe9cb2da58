from odr_desk.ui.widgets.choice_edit import Tick
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.words import Words


def test_the_note_of_a_box_stands_below_it_where_its_words_begin(qtbot):
    place = Labelled("", Tick("补录"), note="纸单日后录入，两个日期都保留")
    qtbot.addWidget(place)
    place.show()
    note = next(words for words in place.findChildren(Words) if words.text().startswith("纸单"))
    assert note.y() >= place.editor.geometry().bottom()
    assert 20 <= note.x() <= 30
