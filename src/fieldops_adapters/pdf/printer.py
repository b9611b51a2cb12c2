"""
The printer of sheets, by reportlab.
"""

from collections.abc import Iterator
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer, Table, TableStyle

from fieldops_adapters.pdf.texts import Block, Line, Style, print_line, shaped
from fieldops_core.messaging.model import Section, Sheet

MARGIN = 48.0
WIDE = letter[0] - 2 * MARGIN
INK, GREY, PALE = HexColor(0x1A1A1A), HexColor(0x5F6368), HexColor(0xC8CCD0)
TITLE, SUBTITLE, HEADING = Style(18, INK), Style(11, GREY), Style(12, INK)
PLAIN, LABEL, SMALL = Style(9.5, INK), Style(9.5, GREY), Style(8, GREY)
LINE_HEIGHT = 22.0
LABEL_WIDTH = 110.0
PAGE_WIDTH = 40.0
SIDES = (("LEFTPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP"))
FACTS = TableStyle([*SIDES, ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1)])
BLANKS = TableStyle([*SIDES, ("RIGHTPADDING", (0, 0), (-1, -1), 18)])
ROWS = TableStyle(
    [
        *SIDES,
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, GREY),
        ("LINEBELOW", (0, 1), (-1, -1), 0.3, PALE),
    ]
)


class Ruled(Flowable):  # type: ignore[misc] # reportlab has no types
    """
    A line to write on, with a label below it, if any.
    """

    def __init__(self, label: str = "") -> None:
        super().__init__()
        self._label = label

    def wrap(self, available: float, _: float) -> tuple[float, float]:
        self.width, self.height = available, LINE_HEIGHT + (SMALL.leading + 4 if self._label else 0)
        return self.width, self.height

    def draw(self) -> None:
        y = self.height - LINE_HEIGHT
        self.canv.setStrokeColor(PALE)
        self.canv.setLineWidth(0.6)
        self.canv.line(0, y, self.width, y)
        if self._label:
            self.canv.setFillColor(SMALL.color)
            print_line(self.canv, Line(shaped(self._label)), 0, y - SMALL.leading + 1, SMALL.size)


def printed(sheet: Sheet) -> bytes:
    """
    A sheet as a file, on pages of US letter.
    """
    file = BytesIO()
    # The same bytes for the same sheet: no time and no chance in them.
    document = BaseDocTemplate(file, pagesize=letter, invariant=1, title=sheet.title, subject=sheet.subtitle)
    frame = Frame(MARGIN, MARGIN, WIDE, letter[1] - 2 * MARGIN, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=lambda canvas, _: _foot(canvas, sheet)))
    document.build([*_head(sheet), *(each for section in sheet.sections for each in _section(section))])
    return file.getvalue()


def _foot(canvas: Canvas, sheet: Sheet) -> None:
    canvas.setFillColor(SMALL.color)
    foot = Block(sheet.footer, SMALL)
    _, high = foot.wrapOn(canvas, WIDE - PAGE_WIDTH, MARGIN)
    foot.drawOn(canvas, MARGIN, MARGIN - 12 - high)
    canvas.setFillColor(SMALL.color)
    page = Line(f"Page {canvas.getPageNumber()}")
    print_line(canvas, page, MARGIN + WIDE - PAGE_WIDTH, MARGIN - 12 - SMALL.leading + 3, SMALL.size)


def _head(sheet: Sheet) -> Iterator[Flowable]:
    yield Block(sheet.title, TITLE)
    if sheet.subtitle:
        yield Block(sheet.subtitle, SUBTITLE)


def _section(section: Section) -> Iterator[Flowable]:
    yield Spacer(WIDE, 12)
    yield Block(section.heading, HEADING, keep=True)
    yield Spacer(WIDE, 2)
    if section.facts:
        cells = [[Block(fact.label, LABEL), Block(fact.value, PLAIN)] for fact in section.facts]
        yield Table(cells, colWidths=[LABEL_WIDTH, WIDE - LABEL_WIDTH], style=FACTS, splitInRow=1)
    if section.text:
        yield Block(section.text, PLAIN, sided=True)
    if section.rows:
        yield _table(section)
    yield from (Ruled() for _ in range(section.lines))
    if section.blanks:
        yield _blanks(section.blanks)


def _table(section: Section) -> Table:
    head = [Block(column, LABEL) for column in section.columns]
    cells = [head, *([Block(text, PLAIN) for text in row] for row in section.rows)]
    wide = [WIDE / len(section.columns)] * len(section.columns)
    return Table(cells, colWidths=wide, style=ROWS, repeatRows=1, splitInRow=1)


def _blanks(labels: tuple[str, ...]) -> Table:
    """
    Two beside each other.
    """
    cells: list[Flowable | str] = [Ruled(label) for label in labels]
    cells += [""] * (len(cells) % 2)
    pairs = [cells[start : start + 2] for start in range(0, len(cells), 2)]
    return Table(pairs, colWidths=[WIDE / 2, WIDE / 2], style=BLANKS)
