"""
The printer of sheets: files that are read back, and drawn, by others.
"""

import subprocess
import sys
import unicodedata
from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader

from fieldops_adapters.pdf.sheets import ReportLabSheets
from fieldops_core.messaging.model import Fact, Section, Sheet

NAMES = (
    "Ångström Łódź",
    "Γιώργος Παπαδόπουλος",
    "ἐν ἀρχῇ",
    "Дмитро Їжаченко",
    "דוד לוי",
    "Nguyễn Thị Phượng",
    "王小明 張偉",
    "山田 太郎 さくら カタカナ",
    "김민준",
    "محمد الأحمد",
    "پژمان چگنی",
)


def a_sheet(*sections: Section, footer: str = "Acme") -> Sheet:
    return Sheet(
        name="sheet.pdf", title="Appointment sheet", subtitle="Work order 17", sections=sections, footer=footer
    )


def of_names(*names: str) -> Sheet:
    return a_sheet(Section(heading="Customer", facts=tuple(Fact(f"Name {n}", name) for n, name in enumerate(names))))


def printed(sheet: Sheet) -> PdfReader:
    return PdfReader(BytesIO(ReportLabSheets().print_sheet(sheet)), strict=True)


def ink(sheet: Sheet) -> int:
    """
    How many dots of the first page are not white.
    """
    page = pypdfium2.PdfDocument(ReportLabSheets().print_sheet(sheet))[0]
    return sum(page.render(scale=2, grayscale=True).to_pil().histogram()[:200])


@pytest.mark.rule("PDF-02")
@pytest.mark.parametrize("name", NAMES)
def test_names_of_many_scripts_are_printed_and_read_back_as_they_were_written(name: str) -> None:
    sheet = of_names(name)

    by_pypdf = printed(sheet).pages[0].extract_text()
    by_pdfium = pypdfium2.PdfDocument(ReportLabSheets().print_sheet(sheet))[0].get_textpage().get_text_range()

    assert name in unicodedata.normalize("NFKC", by_pypdf)
    assert name in unicodedata.normalize("NFKC", by_pdfium)
    assert ink(sheet) > ink(of_names("")) + 30 * len(name.replace(" ", ""))


@pytest.mark.rule("PDF-02")
@pytest.mark.parametrize("name", ["🙂", "\U00013000", "ꙮ\u0e01", "𠮷"])
def test_what_no_font_has_is_a_box_and_no_gap_and_is_read_back(name: str) -> None:
    assert ink(of_names(f"a{name}b")) > ink(of_names("ab")) + 40
    assert f"a{name}b" in printed(of_names(f"a{name}b")).pages[0].extract_text()


def test_arabic_letters_are_joined_and_lines_read_from_the_right() -> None:
    joined, apart = ink(of_names("محمد")), ink(of_names("م ح م د"))
    assert joined != apart

    reader = printed(a_sheet(Section(heading="Scope", text="שלום לכולם זה טקסט ארוך מאוד " * 12)))
    lines = [line.strip() for line in reader.pages[0].extract_text().splitlines() if "שלום" in line]

    assert len(lines) > 2
    assert all(line.startswith("שלום לכולם") for line in lines[:1])


@pytest.mark.rule("PDF-02")
def test_300_rows_break_across_pages_below_repeated_headers() -> None:
    rows = tuple((f"Panel {n}", f"SN-{n}", "install, service") for n in range(300))
    reader = printed(a_sheet(Section(heading="Work to perform", columns=("Equipment", "Serial", "Actions"), rows=rows)))

    texts = [page.extract_text() for page in reader.pages]

    assert len(texts) > 5
    assert all("Equipment Serial Actions" in " ".join(text.split()) for text in texts)
    assert [f"SN-{n}" for n in range(300)] == [
        word for text in texts for word in text.split() if word.startswith("SN-")
    ]


@pytest.mark.rule("PDF-02")
def test_whatever_is_long_goes_on_in_the_next_line_or_page() -> None:
    word, text = "W" * 3_000, "王小明、" * 9_000
    reader = printed(
        a_sheet(
            Section(heading="Customer", facts=(Fact("Name", word),)),
            Section(heading="Scope", text=text),
            Section(heading="Work to perform", columns=("Equipment", "Serial"), rows=((word, "1"), ("x" * 9_000, "2"))),
        )
    )

    read = "".join("".join(page.extract_text() for page in reader.pages).split())

    assert read.count("W") == 2 * len(word) + len(("Work order", "Work to perform"))
    assert read.count("x") == 9_000
    assert read.count("王") == 9_000


def test_the_same_sheet_is_always_the_same_file() -> None:
    sheet = of_names(*NAMES)
    assert ReportLabSheets().print_sheet(sheet) == ReportLabSheets().print_sheet(sheet)


def test_blank_lines_and_signatures_are_there_to_write_on() -> None:
    blank = a_sheet(Section(heading="Notes", lines=6), Section(heading="Signatures", blanks=("Customer", "Technician")))

    assert "Customer" in printed(blank).pages[0].extract_text()
    assert ink(blank) > ink(a_sheet(Section(heading="Notes"), Section(heading="Signatures")))


@pytest.mark.parametrize(
    "text", ["\u200f", "\u202e\u202d", "\t\x07", "", "  ", "\n\n", "א\u200d", "\ufe0f", "\ud7ff\uffff"]
)
def test_odd_characters_print(text: str) -> None:
    sections = (
        Section(heading=text, text=text, facts=(Fact(text, text),), columns=(text,), rows=((text,),), blanks=(text,)),
    )
    assert len(printed(a_sheet(*sections, footer=text)).pages) == 1


def test_neither_the_library_nor_its_fonts_are_loaded_before_the_first_sheet() -> None:
    said = "import sys, fieldops_http.composition; print(any('reportlab' in name for name in sys.modules))"

    ran = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "False"
