import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from examples.real_sites import in_words, summer_day
from tests.demo.served import served

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "real_sites.py"
SITES = Path(__file__).with_name("sites.csv")


def run(*arguments: object) -> str:
    command = [sys.executable, str(EXAMPLE), *map(str, arguments)]
    ended = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=240)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def output() -> str:
    return run(SITES)


def test_it_counts_what_it_was_given(output: str) -> None:
    assert "8 sites: 3 in AZ, 5 in UT" in output
    assert re.search(r"\b1 left out: closed", output)
    assert re.search(r"\b6 customers", output)
    assert re.search(r"\b4 visits booked", output)


def test_it_says_what_was_refused_and_why(output: str) -> None:
    assert re.search(r"line +5 +phone\.invalid +'NOT AVAILABLE' is not a telephone number\.", output)
    assert re.search(r"line +4 +technician\.out_of_coverage.* from Lone Rock Hospital, but covers 30\.0 mi\.", output)
    assert re.search(r"line +9 +technician\.out_of_coverage.* from Rim Country Hospital", output)
    assert re.search(r"line +6 +\(not sent\) +Salt Flat Infirmary is closed\.", output)


def test_it_books_each_of_the_others_in_its_own_offices_summer_time(output: str) -> None:
    booked = re.findall(r"  (\S+T08:00:00-\d\d:00)  (.{18}) (.+)", output)

    assert {(start[-6:], technician.strip(), name) for start, technician, name in booked} == {
        ("-06:00", "Ada Provo", "North Fork Clinic"),
        ("-06:00", "Bert Lehi", "St. Anne's Hospital, LLC"),
        ("-07:00", "Enid Phoenix", "Copper Hill Medical Center"),
        ("-07:00", "Hugh Mesa", "DHHS Sunrise Unit"),
    }


def test_it_checks_what_must_hold(output: str) -> None:
    assert "Of 4 visits no two of a technician overlap, and none lies outside coverage." in output
    assert "Utah at -06:00, Arizona, which does not change them, at -07:00." in output


def test_a_second_run_against_the_same_company_makes_nothing_twice(tmp_path: Path) -> None:
    with served(tmp_path) as demo:
        arguments = [SITES, "--url", f"{demo.url}/v1/wasatch", "--token", demo.token("owner")]
        first, second = run(*arguments), run(*arguments)

    assert "4 visits booked" in first
    assert "0 visits booked" in second
    assert "4 idempotency.key_reused" in second


def test_names_in_capitals_become_words() -> None:
    told = ["TOHONO O'ODHAM - SELLS HOSPITAL", "ST. GEORGE, LLC", "350 WEST 3RD FLOOR", "HU-HU-KAM", "DHHS CLINIC"]

    assert [in_words(each) for each in told] == [
        "Tohono O'odham - Sells Hospital",
        "St. George, LLC",
        "350 West 3rd Floor",
        "Hu-Hu-Kam",
        "DHHS Clinic",
    ]


def test_the_days_asked_for_are_working_days_of_a_coming_summer() -> None:
    assert summer_day().weekday() == 1
    assert (summer_day().month, summer_day().day) >= (7, 10)


if "FIELDOPS_DATA" in os.environ:

    def test_it_runs_on_the_file_that_the_environment_names() -> None:
        output = run(os.environ["FIELDOPS_DATA"])

        assert "no two of a technician overlap, and none lies outside coverage." in output
        assert "Utah at -06:00, Arizona, which does not change them, at -07:00." in output
