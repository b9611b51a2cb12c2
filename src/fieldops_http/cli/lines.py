"""
The lines of a CSV file.
"""

import csv
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path

from attrs import frozen

from fieldops_core.customers.messages import ImportLine
from fieldops_core.customers.views import LineNote
from fieldops_http.cli.telling import CannotDo

RESUMES = "What was brought in before it stays: mend the line, and run the import again."


@frozen(kw_only=True)
class Sheet:
    """
    A file, how it is written, and what it holds: its columns by field (*mapped*), and what holds for every line
    (*given*).
    """

    file: Path
    encoding: str
    delimiter: str
    mapped: dict[str, str]
    given: dict[str, str]

    @property
    def size(self) -> int | None:
        """
        In bytes; None where it comes through a pipe.
        """
        return self.file.stat().st_size if self.file.is_file() else None


class Lines:
    """
    The lines of a sheet, from the first to the last. *read* counts the bytes that were read so far.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.read = sheet, 0

    def __iter__(self) -> Iterator[ImportLine | LineNote]:
        """
        Raises:
            CannotDo: where the file is no such table, or lacks a column that is mapped.
        """
        sheet = self.sheet
        try:
            with sheet.file.open("rb") as raw, TextIOWrapper(raw, sheet.encoding, newline="") as text:
                yield from self._lines(self._counted(text))
        except UnicodeDecodeError:
            told = f"{sheet.file} is not written in {sheet.encoding.removesuffix('-sig')}."
            raise CannotDo(f"{told} Save it as UTF-8, or say how it is written: --encoding cp1252.") from None
        except LookupError:
            raise CannotDo(f"There is no encoding {sheet.encoding!r}. Name another one, such as cp1252.") from None
        except OSError as error:
            raise CannotDo(f"{sheet.file} cannot be read ({error.strerror}).") from None

    def _counted(self, text: TextIOWrapper) -> Iterator[str]:
        for line in text:
            self.read += len(line)
            yield line

    def _lines(self, text: Iterator[str]) -> Iterator[ImportLine | LineNote]:
        reader = csv.reader(text, delimiter=self.sheet.delimiter, strict=True)
        try:
            header = next(reader, None)
            places = self._places(header)
            for row in reader:
                if len(row) > len(header or ()):
                    yield _too_long(reader.line_num, len(row), len(header or ()))
                elif row:
                    yield ImportLine(line=reader.line_num, values=self._values(row, places))
        except csv.Error as error:
            why = "a quotation mark is never closed" if "end of data" in str(error) else error
            raise CannotDo(f"Line {reader.line_num} of {self.sheet.file} cannot be read: {why}. {RESUMES}") from None

    def _places(self, header: Sequence[str] | None) -> dict[str, int]:
        if not header:
            raise CannotDo(f"{self.sheet.file} is empty. Its first line names its columns.")
        columns = [each.strip() for each in header]
        for column in self.sheet.mapped.values():
            if columns.count(column) != 1:
                raise CannotDo(_no_column(column, columns))
        return {field: columns.index(column) for field, column in self.sheet.mapped.items()}

    def _values(self, row: list[str], places: dict[str, int]) -> dict[str, str]:
        there = len(row)
        return {**self.sheet.given, **{field: row[at] if at < there else "" for field, at in places.items()}}


def _no_column(column: str, columns: list[str]) -> str:
    if column in columns:
        return f"The file has several columns {column!r}. Give each a name of its own."
    if len(columns) == 1:
        return f"The file has one column alone, {columns[0]!r}. Say what stands between them: --delimiter ';'."
    return f"The file has no column {column!r}. It has: {', '.join(columns)}."


def _too_long(line: int, there: int, named: int) -> LineNote:
    sentence = f"The line has {there} values, but the first line names {named} columns. Quote what holds a comma."
    return LineNote(line=line, field=None, code="line.too_long", sentence=sentence)


def fields_of(texts: Sequence[str], fields: Sequence[str], option: str) -> dict[str, str]:
    """
    What is said of fields by an *option*, each ``field=text``.

    Raises:
        CannotDo: where one is not written so, or there is no such field.
    """
    found: dict[str, str] = {}
    for text in texts:
        field, equals, value = text.partition("=")
        if not (field and equals and value):
            raise CannotDo(f"{text!r} is not written field=value, as in {option} phone=TELEPHONE.")
        if field not in fields:
            raise CannotDo(f"There is no field {field!r}. The fields are: {', '.join(fields)}.")
        if field in found:
            raise CannotDo(f"{option} names the field {field} twice.")
        found[field] = value
    return found
