"""
``fieldops import``
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from attrs import evolve
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from fieldops_core.app.messages import APPOINTMENT_FIELDS, TECHNICIAN_FIELDS, ImportAppointments, ImportTechnicians
from fieldops_core.customers.messages import IMPORT_FIELDS, ImportCustomers, ImportLine
from fieldops_core.customers.views import ImportView, LineNote
from fieldops_core.kernel.context import Source
from fieldops_http.cli.lines import Lines, Sheet, fields_of
from fieldops_http.cli.opening import CompanyName, Desk, at_desk
from fieldops_http.cli.telling import CannotDo
from fieldops_http.engine import known
from fieldops_http.garbage import settle

BATCH, VISITS = 500, 50
"""
How many lines go in together: of visits fewer, as nobody else books their users meanwhile.
"""

REFUSED_SOME = 3
"""
How an import ends that refused lines.
"""

T = TypeVar("T")
Command = Callable[[tuple[ImportLine, ...]], object]

app = typer.Typer(no_args_is_help=True)

File = Annotated[
    Path,
    typer.Argument(exists=True, dir_okay=False, metavar="FILE", help="A CSV file whose first line names its columns."),
]
Mapped = Annotated[
    list[str], typer.Option("--map", metavar="FIELD=COLUMN", help="What a column holds; once for each field.")
]
Given = Annotated[list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="The same for every line.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what would happen, and change nothing.")]
Encoding = Annotated[str, typer.Option(metavar="NAME", help="How the file is written; cp1252 for older Excel.")]
Delimiter = Annotated[str, typer.Option(metavar="CHARACTER", help="What stands between two values.")]


@app.callback()
def importing() -> None:
    """
    Bring records in from a CSV file.

    Each line becomes a record by the same rules as one that is typed in; a line that a rule refuses is told with its
    number, field and reason, and the others go in. Each needs an external id, by which it is known again: what was
    brought in before is left alone, so an import that was broken off is simply run again.
    """


@app.command()
def customers(
    file: File,
    company: CompanyName,
    map: Mapped,
    set: Given = None,
    dry_run: DryRun = False,
    encoding: Encoding = "utf-8",
    delimiter: Delimiter = ",",
) -> None:
    """
    Bring in customers and leads.

    ```
    fieldops import customers sites.csv --company acme --dry-run \\
        --map external_id=ID --map business_name=NAME --map phone=TELEPHONE \\
        --map line1=ADDRESS --map city=CITY --map state=STATE \\
        --map postal_code=ZIP --set account_type=commercial --set location=Provo
    ```

    Required: `external_id`, `phone`, a name, `location` (of a customer; a name or an id), `account_type` (residential
    or commercial; of a customer), `city`, `state`. Others: `stage` (customer or lead), `line1`, `line2`, `postal_code`,
    `latitude`, `longitude`, `email`, `county` and more. docs/how-to/import.md lists them all.
    """
    sheet = _sheet(file, map, set or (), IMPORT_FIELDS, encoding, delimiter)
    _import(sheet, company, lambda lines: ImportCustomers(lines=lines), BATCH, dry_run)


@app.command()
def technicians(
    file: File,
    company: CompanyName,
    map: Mapped,
    set: Given = None,
    dry_run: DryRun = False,
    encoding: Encoding = "utf-8",
    delimiter: Delimiter = ",",
) -> None:
    """
    Bring in technicians, and other users.

    ```
    fieldops import technicians people.csv --company acme --dry-run \\
        --map external_id=ID --map name=NAME --map email=EMAIL \\
        --map latitude=LAT --map longitude=LON --set radius=25 \\
        --set home=Provo --set roles=Technician
    ```

    Required: `external_id`, `email`, `name` (or `first_name` and `last_name`), and `home`, the name of a location, if
    there are several. Others: `phone`, `technician` and `sales_rep` (yes or no; technicians unless told otherwise),
    `roles` and `further` locations (names, with `;` between them), `latitude`, `longitude` and `line1` to `postal_code`
    of where they start the day, `radius` (in the company's miles or kilometres), `language`, `zone`.
    """
    sheet = _sheet(file, map, set or (), TECHNICIAN_FIELDS, encoding, delimiter)
    _import(sheet, company, lambda lines: ImportTechnicians(lines=lines), BATCH, dry_run)


@app.command()
def appointments(
    file: File,
    company: CompanyName,
    map: Mapped,
    set: Given = None,
    dry_run: DryRun = False,
    encoding: Encoding = "utf-8",
    delimiter: Delimiter = ",",
) -> None:
    """
    Bring in appointments to come, of customers and users who are there already.

    ```
    fieldops import appointments visits.csv --company acme --dry-run \\
        --map external_id=ID --map customer=SITE --map user=TECHNICIAN \\
        --map start=START --set type=Repair --set minutes=60
    ```

    Required: `external_id`, `customer` (a record's external id) or `customer_number`, `user` (an external id or email
    address), `type` (a name), `start` (the location's local time, 2026-05-27T09:00) or `date` and `time`. Others:
    `sub_type`, `kind` (tech, sales or program), `minutes`, `mode`, `location` (program), `notes`, `on_site_notes`,
    `public_note`, `private_note`.
    """
    sheet = _sheet(file, map, set or (), APPOINTMENT_FIELDS, encoding, delimiter)
    _import(sheet, company, lambda lines: ImportAppointments(lines=lines), VISITS, dry_run)


def _sheet(
    file: Path, mapped: Iterable[str], given: Iterable[str], fields: tuple[str, ...], encoding: str, delimiter: str
) -> Sheet:
    columns, values = fields_of(tuple(mapped), fields, "--map"), fields_of(tuple(given), fields, "--set")
    if both := sorted(columns.keys() & values.keys()):
        raise CannotDo(f"{both[0]} is both mapped and set. Say it once.")
    if len(delimiter) != 1:
        raise typer.BadParameter(f"{delimiter!r} is not one character.", param_hint="--delimiter")
    # Excel begins UTF-8 with a mark of its own.
    written = "utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding
    return Sheet(file=file, encoding=written, delimiter=delimiter, mapped=columns, given=values)


def _import(sheet: Sheet, company: str, command: Command, batch: int, dry_run: bool) -> None:
    desk, lines, total = at_desk(company), Lines(sheet), Counted()
    settle()
    with _progress(sheet.size) as shown:
        for some in _batches(lines, batch):
            total.add(_carried_out(desk, some, command, dry_run))
            shown(lines.read, total.told(dry_run))
    print(total.told(dry_run))
    if total.refused:
        raise typer.Exit(REFUSED_SOME)


class Counted:
    """
    What an import came to so far. What is said of a line is printed as it comes.
    """

    def __init__(self) -> None:
        self.created = self.known = self.refused = 0

    def add(self, view: ImportView) -> None:
        self.created += view.created
        self.known += view.known
        self.refused += len({note.line for note in view.refused})
        for what, notes in (("refused", view.refused), ("mended", view.mended)):
            for note in notes:
                print(f"line {note.line}: {what}: {note.field or '-'}: {note.sentence} ({note.code})")

    def told(self, dry_run: bool) -> str:
        lines = self.created + self.known + self.refused
        created = f"{self.created} {'would be created' if dry_run else 'created'}"
        told = f"{created}, {self.known} known already, {self.refused} refused."
        return f"{lines} {'line' if lines == 1 else 'lines'}: {told}"


def _carried_out(desk: Desk, batch: tuple[ImportLine | LineNote, ...], command: Command, dry_run: bool) -> ImportView:
    """
    What a batch of lines came to, those among them that could not be read.
    """
    message = command(tuple(each for each in batch if isinstance(each, ImportLine)))
    unread = tuple(each for each in batch if isinstance(each, LineNote))
    fieldops, context = desk.engine.fieldops, desk.context(Source.IMPORT)
    if dry_run:
        receipt = fieldops.preview(message, context).receipt
        view = known(receipt.answer if receipt else None, ImportView)
    else:
        view = known(fieldops.execute(message, context).answer, ImportView)
    refused = sorted((*unread, *view.refused), key=lambda note: note.line)
    return evolve(view, refused=tuple(refused))


def _batches(lines: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    there = iter(lines)
    while batch := tuple(islice(there, size)):
        yield batch


@contextmanager
def _progress(size: int | None) -> Iterator[Callable[[int, str], None]]:
    """
    Shows how far an import is, where somebody looks on: how much was read of a file of so many bytes, and what it came
    to.
    """
    console = Console(stderr=True)
    bar = Progress(
        BarColumn(bar_width=20),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
        redirect_stdout=sys.stdout.isatty(),  # else it would take from a file what goes there
    )
    with bar:
        task = bar.add_task("", total=size)
        yield lambda read, told: bar.update(task, completed=read, description=told)
