"""
Import: ``fieldops import customers`` into a SQLite file, in a process of its own, of a file of sites that is repeated
under fresh external ids and telephone numbers.

    python -m benchmarks.importing LINES [FILE]     imports so many lines, and prints what it took

FILE, or FIELDOPS_SITES, is a CSV in the form of the public HIFLD layer "Hospitals", as examples/real_sites.py takes it;
without one, the few lines of tests/examples/sites.csv.
"""

import csv
import os
import subprocess
import sys
import time
from itertools import count, islice
from pathlib import Path

from attrs import frozen

from benchmarks.databases import directory
from benchmarks.report import Goal, Table

AT_LEAST = 3_000
AT_MOST = 1.25
FIELDOPS = Path(sys.executable).with_name("fieldops")
SITES = Path(__file__).parents[1] / "tests" / "examples" / "sites.csv"
COLUMNS = {
    "external_id": "ID",
    "business_name": "NAME",
    "phone": "TELEPHONE",
    "line1": "ADDRESS",
    "city": "CITY",
    "state": "STATE",
    "postal_code": "ZIP",
    "county": "COUNTY",
    "latitude": "LATITUDE",
    "longitude": "LONGITUDE",
}
GIVEN = {"account_type": "commercial", "location": "Provo"}


@frozen(kw_only=True)
class Took:
    """
    What an import of some *lines* took: seconds by the clock and of the processor, and megabytes at its peak, all of
    the whole command.
    """

    lines: int
    seconds: float
    processor: float
    megabytes: float

    @property
    def cells(self) -> tuple[str, ...]:
        rates = (f"{self.lines / each:,.0f}" for each in (self.seconds, self.processor))
        return (f"{self.lines:,} lines", *rates, f"{self.megabytes:,.0f} MB")


def measure(quick: bool) -> Table:
    """
    Customers from a CSV file of real sites, into SQLite.
    """
    sites = Path(os.environ.get("FIELDOPS_SITES", str(SITES)))
    few, many = (imported(lines, sites) for lines in ((1_000, 4_000) if quick else (10_000, 40_000)))
    rate, growth = many.lines / many.seconds, many.megabytes / few.megabytes
    return Table(
        columns=("import of customers", "a second", "a second of the processor", "peak memory"),
        rows=[few.cells, many.cells],
        goals=[
            Goal(what="at least 3,000 customers a second", reached=f"{rate:,.0f}", met=rate >= AT_LEAST),
            Goal(what="four times the lines, the same memory", reached=f"{growth:.2f} times", met=growth <= AT_MOST),
        ],
    )


def imported(lines: int, sites: Path) -> Took:
    """
    Import so many lines into a new database.
    """
    with directory() as folder:
        repeat(sites, lines, folder / "sites.csv")
        settings = {"FIELDOPS_DATABASE": f"sqlite:///{folder}/fieldops.db", "FIELDOPS_COMPANY": "acme"}
        environment = {**os.environ, **settings}
        founding = "company create acme --owner-email a@acme.example --zone America/Denver --location Provo"
        for command in ("migrate", founding):
            subprocess.run([FIELDOPS, *command.split()], env=environment, check=True, stdout=subprocess.DEVNULL)
        pairs = (("--map", COLUMNS), ("--set", GIVEN))
        options = [word for option, said in pairs for each in said.items() for word in (option, "=".join(each))]
        began = time.perf_counter()
        with subprocess.Popen(
            [FIELDOPS, "import", "customers", folder / "sites.csv", *options],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            told = (process.stdout.read() if process.stdout else "").splitlines()[-1]
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        took = time.perf_counter() - began
    if process.returncode not in (0, 3) or not told.startswith(f"{lines} lines: "):
        raise RuntimeError(told)
    processor, megabytes = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    return Took(lines=lines, seconds=took, processor=processor, megabytes=megabytes)


def repeat(sites: Path, lines: int, file: Path) -> None:
    """
    A file of so many lines: the sites again and again, each time under other external ids and, as customers have, other
    telephone numbers.
    """
    with sites.open(newline="", encoding="utf-8-sig") as there, file.open("w", newline="", encoding="utf-8") as new:
        reader = csv.DictReader(there)
        writer = csv.DictWriter(new, reader.fieldnames or ())
        writer.writeheader()
        once = list(reader)
        again = ({**site, **_other(site, turn)} for turn in count() for site in once)
        writer.writerows(islice(again, lines))


def _other(site: dict[str, str], turn: int) -> dict[str, str]:
    phone = site["TELEPHONE"]
    if phone[-4:].isdecimal():
        phone = f"{phone[:-4]}{(int(phone[-4:]) + 7 * turn) % 10_000:04}"
    return {"ID": f"{site['ID']}-{turn}", "TELEPHONE": phone}


if __name__ == "__main__":
    found = imported(int(sys.argv[1]), Path(*sys.argv[2:3] or [os.environ.get("FIELDOPS_SITES", str(SITES))]))
    print(", ".join(found.cells), f"in {found.seconds:.1f} s ({found.processor:.1f} s of the processor)")
