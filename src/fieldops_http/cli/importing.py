"""
``fieldops import``
"""

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from fieldops_core.access.context import Context
from fieldops_core.customers.messages import ImportCustomers, ImportLine
from fieldops_core.customers.views import ImportView, LineNote
from fieldops_http.auth import known
from fieldops_http.cli.opening import as_system, company_of, opened
from fieldops_http.cli.telling import CannotDo
from fieldops_http.engine import Engine
from fieldops_http.settings import Settings

BATCH = 500

app = typer.Typer(help="Bring records in from a CSV file.", no_args_is_help=True)

File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="A CSV file whose first line names its columns.")
]
Company = Annotated[str, typer.Option(help="The company's short name.")]
Mapped = Annotated[list[str], typer.Option("--map", help="field=COLUMN: what a column holds.")]
Given = Annotated[list[str] | None, typer.Option("--set", help="field=value: the same for every line.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what would happen, and change nothing.")]


@app.callback()
def importing() -> None:
    """
    Bring records in from a CSV file. Each line needs an external id, by which it is known again: what was brought in
    before is left alone, so that an import that was broken off is simply run again.
    """


@app.command()
def customers(
    file: File,
    company: Company,
    map: Mapped,
    set: Given = None,
    dry_run: DryRun = False,
) -> None:
    """
    Customers and leads. Fields: external_id, phone, first_name, last_name, business_name, account_type (residential or
    commercial), stage (customer or lead), location (a name), line1, line2, city, state, postal_code, latitude,
    longitude, email, county, work_phone, cell_phone, other_phone and more; see docs/how-to/import.md.

        fieldops import customers sites.csv --company acme --map external_id=ID --map business_name=NAME \
            --map phone=TELEPHONE --set account_type=commercial --set location=Provo --dry-run
    """
    engine = opened(Settings.of())
    context = as_system(company_of(engine, company))
    mapped, given = _pairs(map), _pairs(set or [])
    total = Counted()
    with file.open(newline="", encoding="utf-8-sig") as lines, _progress() as progress:
        task = progress.add_task("lines", total=None)
        for batch in _batches(_lines(csv.DictReader(lines), mapped, given)):
            total.add(_carried_out(engine, batch, context, dry_run))
            progress.update(task, completed=total.lines, description=f"{total.lines} lines, {total.created} created")
    total.tell(dry_run)


class Counted:
    """
    What an import came to so far.
    """

    def __init__(self) -> None:
        self.lines = self.created = self.known = 0
        self.console = Console(highlight=False, soft_wrap=True)
        self.refused_lines: set[int] = set()

    def add(self, view: ImportView) -> None:
        self.created += view.created
        self.known += view.known
        for note in view.refused:
            self.refused_lines.add(note.line)
            self._print("refused", note)
        for note in view.mended:
            self._print("mended", note)
        self.lines = self.created + self.known + len(self.refused_lines)

    def tell(self, dry_run: bool) -> None:
        would = "would be created" if dry_run else "created"
        self.console.print(
            f"{self.lines} lines: {self.created} {would}, {self.known} known already, "
            f"{len(self.refused_lines)} refused."
        )

    def _print(self, what: str, note: LineNote) -> None:
        self.console.print(
            f"line {note.line}: {what}: {note.field or '-'}: {note.sentence} ({note.code})", markup=False
        )


def _carried_out(engine: Engine, batch: tuple[ImportLine, ...], context: Context, dry_run: bool) -> ImportView:
    command = ImportCustomers(lines=batch)
    if not dry_run:
        return known(engine.fieldops.execute(command, context).answer, ImportView)
    receipt = engine.fieldops.preview(command, context).receipt
    return known(receipt.answer if receipt else None, ImportView)


def _lines(reader: "csv.DictReader[str]", mapped: dict[str, str], given: dict[str, str]) -> Iterator[ImportLine]:
    """
    Raises:
        CannotDo: where a column that is mapped is not in the file.
    """
    columns = reader.fieldnames or ()
    if missing := sorted(set(mapped.values()) - set(columns)):
        raise CannotDo(f"The file has no column {missing[0]!r}. It has: {', '.join(columns)}.")
    for row in reader:
        values = {field: row[column] or "" for field, column in mapped.items()}
        yield ImportLine(line=reader.line_num, values={**given, **values})


def _batches(lines: Iterator[ImportLine]) -> Iterator[tuple[ImportLine, ...]]:
    while batch := tuple(islice(lines, BATCH)):
        yield batch


def _pairs(texts: list[str]) -> dict[str, str]:
    """
    Raises:
        CannotDo: where one is not written field=value.
    """
    found = {}
    for text in texts:
        field, equals, value = text.partition("=")
        if not (field and equals and value):
            raise CannotDo(f"{text!r} is not written field=value, as in --map phone=TELEPHONE.")
        found[field] = value
    return found


def _progress() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
