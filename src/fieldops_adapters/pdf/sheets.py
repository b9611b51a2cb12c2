"""
Sheets, printed by reportlab.
"""

from fieldops_core.messaging.model import Sheet


class ReportLabSheets:
    """
    Prints sheets on pages of US letter. Scripts that are neither Latin, Greek, Cyrillic, Hebrew, Arabic, Chinese,
    Japanese nor Korean print letter by letter or as boxes, and so do rare Chinese characters outside of Unicode's first
    plane. One weight of type; the words on it are English. The library and its fonts, of the extra ``pdf``, are loaded
    with the first sheet.
    """

    def print_sheet(self, sheet: Sheet) -> bytes:
        # Not needed by a server until somebody prints.
        from fieldops_adapters.pdf.printer import printed

        return printed(sheet)
