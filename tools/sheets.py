"""
Prints the sample sheets of docs/sheets.

    python -m tools.sheets
"""

from pathlib import Path

from attrs import evolve

from fieldops_adapters.pdf.sheets import ReportLabSheets
from fieldops_core.kernel.contact import Phone
from fieldops_core.messaging.calculations import sheet_of
from fieldops_core.messaging.model import EquipmentLine, SheetFacts
from fieldops_core.testing.builders import a_customer, a_work_order, an_appointment

FOLDER = Path(__file__).parents[1] / "docs" / "sheets"
NAMES = {
    "Greek": ("Γιώργος", "Παπαδόπουλος"),
    "Cyrillic": ("Дмитро", "Їжаченко"),
    "Hebrew": ("דוד", "לוי"),
    "Vietnamese": ("Phượng", "Nguyễn Thị"),
    "Chinese": ("小明", "王"),
    "Japanese": ("太郎", "山田"),
    "Korean": ("민준", "김"),
    "Arabic": ("محمد", "الأحمد"),
}


def a_visit() -> SheetFacts:
    return SheetFacts(
        company="Acme Alarms",
        location="Provo",
        work_order=a_work_order(number=17, subject="Replace the panel and two door contacts"),
        appointment=an_appointment(notes="Ring twice.", public_note="The dog is in the yard."),
        customer=a_customer(number=1, work_phone=Phone("+18015550101")),
        type="Installation",
        technician="Ann Clark",
        equipment=(
            EquipmentLine(name="Control panel", serial="CP-1001", actions=("remove", "install")),
            EquipmentLine(name="Door contact", serial="DC-2001", actions=("service",)),
        ),
    )


def samples() -> dict[str, SheetFacts]:
    """
    By the name of their file.
    """
    visit = a_visit()
    many = tuple(EquipmentLine(name=f"Sensor {n}", serial=f"SN-{n:04}", actions=("install",)) for n in range(1, 121))
    said = "\n".join(f"{script}: {' '.join(name)}" for script, name in NAMES.items())
    return {
        "one-page": visit,
        "many-rows": evolve(visit, equipment=many),
        "many-scripts": evolve(visit, appointment=evolve(visit.appointment, notes=said)),
    }


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, facts in samples().items():
        (FOLDER / f"{name}.pdf").write_bytes(ReportLabSheets().print_sheet(sheet_of(facts)))


if __name__ == "__main__":
    main()
