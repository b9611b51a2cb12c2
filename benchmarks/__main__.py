"""
The command line of the benchmarks.
"""

import argparse
import sys
from collections.abc import Callable

from benchmarks import booking, grid, importing, openings, report
from benchmarks.report import Table

BENCHMARKS: dict[str, Callable[[bool], Table]] = {
    "openings": openings.measure,
    "grid": grid.measure,
    "booking": booking.measure,
    "importing": importing.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks/run.py", description=__doc__)
    parser.add_argument("--only", choices=BENCHMARKS, action="append", help="measure this one; repeat it for more")
    parser.add_argument("--quick", action="store_true", help="less of everything, to try it out; nothing is written")
    told = parser.parse_args()
    for name in told.only or BENCHMARKS:
        print(f"{name}: {BENCHMARKS[name].__doc__ or ''}".strip(), file=sys.stderr)
        table = BENCHMARKS[name](told.quick)
        print(f"\n{table.text()}\n")
        if not told.quick:
            report.write({"machine": report.machine(), name: table})


if __name__ == "__main__":
    main()
