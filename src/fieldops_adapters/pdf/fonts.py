"""
Fonts of several packages, by which most scripts print; what none of them has prints as a box.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

# Fonts are bytes: written as letters they take a quarter more room, and most of the time.
rl_config.useA85 = 0
FACES = (
    ("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf"),
    ("fontpkg_open_sans", "files/OpenSans[wdth,wght].ttf"),
    ("fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf"),
    ("paperang_p2_fonts_cjk", "fonts/wqy-microhei.ttc"),
)
"""
Packages and the files of theirs that hold a font with TrueType outlines, the only kind that can be embedded. A
character is printed by the first that has it: Latin, Greek, Cyrillic and Vietnamese; Hebrew; Arabic; Chinese, Japanese
and Korean.
"""
PRESENTATION_FORMS = frozenset((*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)))
MAPPINGS_AT_ONCE = 100
"""
How many a block of a character map may hold.
"""


class Typeface(TTFont):  # type: ignore[misc] # reportlab has no types
    """
    A font whose text can be read back: shaped Arabic letters as the plain letters that they are, characters that it
    does not have as themselves, beside the box that is printed for them.
    """

    def __init__(self, package: str, file: str) -> None:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(f"The package {package} is missing: it holds fonts of the extra `pdf`.")
        super().__init__(package, str(Path(spec.origin).parent / file))

    def has(self, character: str) -> bool:
        return ord(character) in self.face.charToGlyph

    def box(self, character: str) -> None:
        """
        Print a character as the font's sign for what it does not have.
        """
        self.face.charWidths.setdefault(ord(character), self.face.defaultWidth)
        self.face.charToGlyph.setdefault(ord(character), 0)

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - reportlab's name
        subsets = tuple(map(tuple, self._assignState(doc).subsets))
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode("latin-1")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = character_map(name, subset)


def character_map(name: str, subset: tuple[int, ...]) -> str:
    """
    What the codes of an embedded font mean, for who reads the text of a file.
    """
    meant = [f"<{code:02X}> <{_utf16(character)}>" for code, character in enumerate(subset)]
    blocks = [meant[start : start + MAPPINGS_AT_ONCE] for start in range(0, len(meant), MAPPINGS_AT_ONCE)]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )


def _utf16(code: int) -> str:
    """
    A ligature stays what it is: readers do not agree on the order of several letters for one sign.
    """
    text = chr(code)
    plain = unicodedata.normalize("NFKC", text) if code in PRESENTATION_FORMS else text
    return (plain if len(plain) == 1 else text).encode("utf-16-be").hex().upper()


@cache
def typeface(index: int) -> Typeface:
    """
    One of :data:`FACES`, read when it is first needed.
    """
    found = Typeface(*FACES[index])
    pdfmetrics.registerFont(found)
    return found


@cache
def font_of(character: str) -> str:
    """
    The name of the font that prints a character.
    """
    for index in range(len(FACES)):
        if typeface(index).has(character):
            return FACES[index][0]
    typeface(0).box(character)
    return FACES[0][0]


def runs(text: str) -> Iterator[tuple[str, str]]:
    """
    A text in pieces, each with the name of the font that prints it; a space is of the piece that it follows, so that
    the words of a line are read back in their order.
    """
    last = typeface(0).fontName
    if text.isascii():
        yield last, text
        return
    fonts = [last := last if each == " " else font_of(each) for each in text]
    at = 0
    for font, same in groupby(fonts):
        end = at + sum(1 for _ in same)
        yield font, text[at:end]
        at = end


def width(text: str, size: float) -> float:
    """
    How wide a line is, in points, at a size in points.
    """
    return sum((float(pdfmetrics.stringWidth(piece, font, size)) for font, piece in runs(text)), 0.0)
