"""From facts to a paper that may be signed: checked, built, set, read back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from odr_desk.papers import Paper, checking, facts, glyphs
from odr_desk.papers.checking import Check

if TYPE_CHECKING:
    from odr_desk.papers.pdf import Pdf


@dataclass(frozen=True, slots=True)
class Made:
    """A finished paper with its words, for search and for the check of stored papers."""

    pdf: "Pdf"
    text: str


def checks(paper: Paper, known: object) -> tuple[Check, ...]:
    """Return what there is to check before a paper is issued, characters that cannot be printed too."""
    return (*paper.checks(known), *glyphs.findings(facts.texts(known)))


def make(paper: Paper, known: object) -> Made:
    """Return the paper to be issued.

    Raise Invalid when something must be mended or cannot be printed, Trouble when the PDF does not say what it should.
    """
    from odr_desk.papers import pdf, reading_back  # half of what papers take to load, not needed at the start

    checking.require(checks(paper, known))
    content = paper.build(known)
    made = pdf.render(content)
    reading_back.compare(content, made.data)
    return Made(made, content.as_text())


def preview(paper: Paper, known: object) -> "Pdf":
    """Return the same sheet for the screen, with what is still empty on amber."""
    from odr_desk.papers import pdf

    glyphs.check_texts(facts.texts(known))
    return pdf.render(paper.build(known), draft=True)
