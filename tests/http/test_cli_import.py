"""
Records brought in from files by the command line.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fieldops_core.access.model import Kind
from fieldops_core.company.messages import CreateAppointmentType
from fieldops_core.company.views import AppointmentTypeView
from fieldops_http.cli import importing
from fieldops_http.cli.opening import at_desk
from tests.support.command_line import Ran, Run

Bring = Callable[..., Ran]
COLUMNS = ("--map", "external_id=ID", "--map", "phone=PHONE", "--map", "business_name=NAME", "--map", "city=CITY")
GIVEN = ("--set", "account_type=commercial", "--set", "location=Provo", "--set", "state=UT")
HEADER = "ID,NAME,PHONE,CITY"
CLINIC = '1,"Payson Clinic, North",(801) 555-0100,Payson'
HOSPITAL = "2,PROVO HOSPITAL,801 555 0101,PROVO"


@pytest.fixture
def bring(acme: Run, tmp_path: Path) -> Bring:
    """
    Brings customers in from a file of some lines.
    """

    def bring(*lines: str | bytes, options: tuple[str, ...] = (*COLUMNS, *GIVEN)) -> Ran:
        written = b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines)
        tmp_path.joinpath("sites.csv").write_bytes(written)
        return acme("import", "customers", "sites.csv", *options)

    return bring


@pytest.mark.rule("CUS-26", "OPS-01")
def test_lines_become_customers_once(bring: Bring) -> None:
    assert bring(HEADER, CLINIC, HOSPITAL).out == "2 lines: 2 created, 0 known already, 0 refused."
    assert bring(HEADER, CLINIC, HOSPITAL, "", CLINIC).out == "3 lines: 0 created, 3 known already, 0 refused."


@pytest.mark.rule("CUS-26", "OPS-01")
def test_a_refused_line_is_told_and_the_import_ends_with_3(bring: Bring) -> None:
    ran = bring(HEADER, "1,A,NOT AVAILABLE,Provo", HOSPITAL, "3,B")

    assert ran.code == 3
    assert ran.out.splitlines() == [
        "line 2: refused: phone: 'NOT AVAILABLE' is not a telephone number. (phone.invalid)",
        "line 4: refused: phone: A record has a primary telephone number. (phone.required)",
        "3 lines: 1 created, 0 known already, 2 refused.",
    ]


@pytest.mark.rule("CUS-26")
def test_a_dry_run_changes_nothing(bring: Bring) -> None:
    dry = bring(HEADER, CLINIC, HOSPITAL, options=(*COLUMNS, *GIVEN, "--dry-run"))

    assert dry.out == "2 lines: 2 would be created, 0 known already, 0 refused."
    assert bring(HEADER, CLINIC, HOSPITAL).out.startswith("2 lines: 2 created")


@pytest.mark.rule("CUS-26")
def test_a_line_with_more_values_than_columns_is_refused_as_nobody_knows_which_is_which(bring: Bring) -> None:
    ran = bring(HEADER, "1,Payson Clinic, North,(801) 555-0100,Payson", HOSPITAL)

    assert ran.out.splitlines()[0].startswith("line 2: refused: -: The line has 5 values, but the first line names 4")
    assert "2 lines: 1 created, 0 known already, 1 refused." in ran.out


def test_a_file_of_many_lines_goes_in_by_batches(bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 3)
    lines = [f"{number},Site {number},801555{number:04},Provo" for number in range(10)]

    assert bring(HEADER, *lines, lines[0]).out == "11 lines: 10 created, 1 known already, 0 refused."


@pytest.mark.rule("OPS-01")
def test_who_looks_on_sees_how_far_it_is(bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bring(HEADER, CLINIC).err == ""
    monkeypatch.setenv("FORCE_COLOR", "1")  # stands for a terminal

    shown = bring(HEADER, CLINIC, HOSPITAL)

    assert "100%" in shown.err
    assert "1 created, 1 known already, 0 refused." in shown.err


def test_files_are_read_as_other_programs_write_them(bring: Bring) -> None:
    options = (*COLUMNS, *GIVEN, "--encoding", "cp1252", "--delimiter", ";")

    assert bring(b"\xef\xbb\xbf" + HEADER.encode(), CLINIC).out.startswith("1 line: 1 created")
    assert bring(HEADER.replace(",", ";"), b"3;Caf\xe9;8015550103;Provo", options=options).out.startswith("1 line: 1")


def test_many_lines_in_quotation_marks_are_one_line_of_the_file(bring: Bring) -> None:
    ran = bring(HEADER, '1,"A', 'B",8015550100,Provo', "2,C,,Provo")

    assert ran.out.startswith("line 4: refused: phone")


@pytest.mark.rule("OPS-01")
@pytest.mark.parametrize(
    ("lines", "options", "sentence"),
    [
        (
            (HEADER, b"1,\xff,2,3"),
            (*COLUMNS, *GIVEN),
            "sites.csv is not written in utf-8. Save it as UTF-8, or say how",
        ),
        ((HEADER, CLINIC), (*COLUMNS, "--encoding", "klingon"), "There is no encoding 'klingon'."),
        ((), COLUMNS, "sites.csv is empty. Its first line names its columns."),
        ((HEADER, CLINIC), ("--map", "phone=TEL"), "The file has no column 'TEL'. It has: ID, NAME, PHONE, CITY."),
        (("ID;PHONE", "1;2"), ("--map", "phone=PHONE"), "one column alone, 'ID;PHONE'. Say what stands between them"),
        (("PHONE,PHONE", "1,2"), ("--map", "phone=PHONE"), "The file has several columns 'PHONE'."),
        ((HEADER, '1,"A,2,3'), COLUMNS, "Line 2 of sites.csv cannot be read: a quotation mark is never closed."),
        ((HEADER, '1,"A"B,2,3'), COLUMNS, "Line 2 of sites.csv cannot be read: ',' expected after '\"'."),
        ((HEADER, CLINIC), ("--map", "phone"), "'phone' is not written field=value, as in --map phone=TELEPHONE."),
        ((HEADER, CLINIC), ("--map", "beds=NAME"), "There is no field 'beds'. The fields are: external_id, phone,"),
        ((HEADER, CLINIC), (*COLUMNS, "--set", "beds=12"), "There is no field 'beds'."),
        ((HEADER, CLINIC), (*COLUMNS, "--map", "phone=NAME"), "--map names the field phone twice."),
        ((HEADER, CLINIC), (*COLUMNS, "--set", "phone=1"), "phone is both mapped and set."),
        ((HEADER, CLINIC), (*COLUMNS, "--company", "globex"), "There is no company 'globex'."),
    ],
    ids=lambda each: None if isinstance(each, tuple) else each,
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    bring: Bring, lines: tuple[str | bytes, ...], options: tuple[str, ...], sentence: str
) -> None:
    ran = bring(*lines, options=options)

    assert (ran.code, ran.out) == (1, "")
    assert sentence in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.rule("CUS-26", "OPS-01")
def test_technicians_and_their_appointments_are_brought_in_once(acme: Run, bring: Bring, tmp_path: Path) -> None:
    bring(HEADER, CLINIC, HOSPITAL)
    desk = at_desk("acme")
    desk.do(CreateAppointmentType(kind=Kind.TECH, name="Repair", minutes=60), AppointmentTypeView)
    days = (datetime.now(UTC).date() + timedelta(days=ahead) for ahead in range(7, 14))
    day = next(each for each in days if each.weekday() == 2)
    people = "WHO,MAIL,NAME,LAT,LON", "T1,ann@acme.example,Ann Delgado,40.23,-111.66", "T2,ann@acme.example,Al,40,-111"
    visits = (
        "VISIT,SITE,WHO,START",
        f"V1,1,T1,{day}T09:00",
        f"V2,2,ANN@acme.example,{day} 09:30",
        f"V3,2,T1,{day} 10:00",
        "V4,2,T1,2020-05-27 10:00",
    )
    tmp_path.joinpath("people.csv").write_text("\n".join(people))
    tmp_path.joinpath("visits.csv").write_text("\n".join(visits))
    columns = {
        "technicians": "external_id=WHO email=MAIL name=NAME latitude=LAT longitude=LON",
        "appointments": "external_id=VISIT customer=SITE user=WHO start=START",
    }

    def brought(kind: str, file: str, *options: str) -> Ran:
        maps = [word for each in columns[kind].split() for word in ("--map", each)]
        return acme("import", kind, file, *maps, *options)

    first = brought("technicians", "people.csv", "--set", "radius=25")
    dry = brought("appointments", "visits.csv", "--set", "type=repair", "--dry-run")
    booked = brought("appointments", "visits.csv", "--set", "type=repair")
    again = brought("appointments", "visits.csv", "--set", "type=repair")

    assert first.out.splitlines() == [
        "line 3: refused: email: Another user logs in with ann@acme.example. (user.email_taken)",
        "2 lines: 1 created, 0 known already, 1 refused.",
    ]
    assert brought("technicians", "people.csv").out.endswith("2 lines: 0 created, 1 known already, 1 refused.")
    assert dry.out.replace("would be created", "created") == booked.out
    taken, past, summary = booked.out.splitlines()
    assert taken.startswith("line 3: refused: start: Ann Delgado is already booked from 09:00 to 10:00")
    assert past == "line 5: refused: start: 10:00 on Wed 27 May 2020 is over. (slot.past)"
    assert summary == "4 lines: 2 created, 0 known already, 2 refused."
    assert again.out.endswith("4 lines: 0 created, 2 known already, 2 refused.")
