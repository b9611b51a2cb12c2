"""
Appointment sheets of one page: from what they say to the file, beside a bare page of the same words.
"""

import unicodedata
from io import BytesIO

from pypdf import PdfReader

from benchmarks import sheets_bare
from benchmarks.report import Goal, Table, milliseconds
from benchmarks.timing import Side, interleaved, processor_seconds
from fieldops_adapters.pdf.sheets import ReportLabSheets
from fieldops_core.kernel.contact import Phone
from fieldops_core.messaging.calculations import sheet_of
from fieldops_core.messaging.model import EquipmentLine, Sheet, SheetFacts
from fieldops_core.testing.builders import a_customer, a_work_order, an_appointment

AT_LEAST = 0.6
AT_ONCE = 20


def measure(quick: bool) -> Table:
    """
    Sheets of one page with two pieces of equipment.
    """
    sheet, printer = a_sheet(), ReportLabSheets()
    ours, bare = words(printer.print_sheet(sheet)), words(sheets_bare.page(sheet))
    assert (ours - bare, bare - ours) == ({"Page"}, set())
    sides = (
        Side(name="ours", run=lambda: processor_seconds(lambda: [printer.print_sheet(sheet) for _ in range(AT_ONCE)])),
        Side(name="bare", run=lambda: processor_seconds(lambda: [sheets_bare.page(sheet) for _ in range(AT_ONCE)])),
    )
    found = interleaved(sides, rounds=5 if quick else 75)
    share = found.ratio("bare", "ours")
    return Table(
        columns=("sheets", "median", "share of the bare page's rate"),
        rows=[
            ("a sheet of one page", milliseconds(found.median("ours") / AT_ONCE), f"{share:.0%}"),
            ("a bare page of the same words", milliseconds(found.median("bare") / AT_ONCE), "100%"),
        ],
        goals=[
            Goal(what=f"at least {AT_LEAST:.0%} of the bare page's rate", reached=f"{share:.0%}", met=share >= AT_LEAST)
        ],
    )


def a_sheet() -> Sheet:
    equipment = tuple(EquipmentLine(name=f"Sensor {n}", serial=f"SN-{n:04}", actions=("install",)) for n in range(2))
    return sheet_of(
        SheetFacts(
            company="Acme Alarms",
            location="Provo",
            work_order=a_work_order(number=17),
            appointment=an_appointment(notes="Ring twice.", public_note="The dog is in the yard."),
            customer=a_customer(number=1, work_phone=Phone("+18015550101")),
            type="Installation",
            technician="Ann Clark",
            equipment=equipment,
        )
    )


def words(file: bytes) -> set[str]:
    """
    What a page says, wherever it says it.
    """
    (page,) = PdfReader(BytesIO(file)).pages
    return set(unicodedata.normalize("NFKC", page.extract_text()).split())
