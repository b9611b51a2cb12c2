"""
The baseline of the sheets benchmark: one page by reportlab's canvas alone, which says the same in the same fonts. It
knows beforehand where each line stands and in which font, and wraps, shapes and breaks nothing.
"""
# fmt: off

from io import BytesIO

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from fieldops_core.messaging.model import Sheet

LATIN, LEFT, RIGHT = "fontpkg_noto_sans", 48.0, 158.0


def page(sheet: Sheet) -> bytes:
    file, y = BytesIO(), letter[1] - 70
    canvas = Canvas(file, pagesize=letter, invariant=1)
    def put(x: float, size: float, text: str) -> None:
        canvas.setFont(LATIN, size)
        canvas.drawString(x, y, text)
    for size, text in ((8, sheet.footer), (18, sheet.title), (11, sheet.subtitle)):
        put(LEFT, size, text)
        y -= 20
    for section in sheet.sections:
        put(LEFT, 12, section.heading)
        for fact in section.facts:
            y -= 14
            put(LEFT, 9.5, fact.label)
            put(RIGHT, 9.5, fact.value.replace("\n", " "))
        for row in (section.columns, *section.rows, section.blanks, (section.text,)):
            y -= 14
            for n, text in enumerate(row):
                put(LEFT + 129 * n, 9.5, text)
        y -= 14
        for n in range(section.lines + len(section.rows) + len(section.blanks)):
            canvas.line(LEFT, y - 3 * n, letter[0] - LEFT, y - 3 * n)
    canvas.save()
    return file.getvalue()
