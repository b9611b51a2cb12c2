"""
The command line of the benchmarks.
"""

import argparse
import sys
from collections.abc import Callable

from benchmarks import (
    archiving,
    best_slots,
    board,
    booking,
    bulk,
    fitting,
    grid,
    growth,
    importing,
    openings,
    report,
    searching,
    sheets,
)
from benchmarks.report import Table

BENCHMARKS: dict[str, Callable[[bool], Table]] = {
    "fitting": fitting.measure,
    "openings": openings.measure,
    "best_slots": best_slots.measure,
    "grid": grid.measure,
    "growth": growth.measure,
    "booking": booking.measure,
    "bulk": bulk.measure,
    "archiving": archiving.measure,
    "importing": importing.measure,
    "searching": searching.measure,
    "sheets": sheets.measure,
    "board": board.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks/run.py", description=__doc__)
    told_of = f"measure these of {', '.join(BENCHMARKS)}; without any, all"
    parser.add_argument("names", metavar="NAME", nargs="*", type=_known, help=told_of)
    parser.add_argument("--quick", action="store_true", help="less of everything, to try it out; nothing is written")
    told = parser.parse_args()
    for name in told.names or BENCHMARKS:
        print(f"{name}: {(BENCHMARKS[name].__doc__ or '').strip()}", file=sys.stderr)
        table = BENCHMARKS[name](told.quick)
        print(f"\n{table.text()}\n")
        if not told.quick:
            report.write(name, table)


def _known(name: str) -> str:
    if name not in BENCHMARKS:
        raise argparse.ArgumentTypeError(f"there is no {name}, but {', '.join(BENCHMARKS)}")
    return name


if __name__ == "__main__":
    main()
