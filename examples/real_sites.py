"""
Real sites as customers, and one visit to each, through the HTTP API.

    python examples/real_sites.py FILE [--url http://HOST:PORT/v1/COMPANY --token fo_…]

FILE is a CSV of places in the form of the public HIFLD layer "Hospitals": ID, NAME, ADDRESS, CITY, STATE, ZIP,
TELEPHONE, STATUS, LATITUDE, LONGITUDE. Its sites in Utah and Arizona become commercial customers of an office in Provo
and of one in Phoenix, with technicians around both. For each site the openings of three summer days are asked for, and
one visit is booked. What was booked is printed, and what was refused and why. What the data lacks is not made up:

- A site that is closed does not become a customer: nobody goes there.
- A site without a telephone is sent as it is, and the API refuses it: a customer needs a number.
- Names and addresses in capitals are sent as words: PHOENIX CHILDREN'S HOSPITAL is Phoenix Children's Hospital.

Without --url a server of its own is started, over a database that is removed at the end; its company books within
working hours only. Every POST has an Idempotency-Key made of the line's ID: a second run against the same company makes
nothing twice.
"""

import argparse
import csv
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import date, datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

import httpx
from attrs import frozen

METERS_A_MILE = 1_609.344
DAYS, MINUTES = 3, 90
MODE = "in_coverage_area"


# --- What there is: offices, technicians, sites -------------------------------------------------------------------


@frozen
class Office:
    """
    An office for the sites of a state, and its technicians: name, latitude, longitude, coverage radius in miles.
    """

    name: str
    zone: str
    technicians: tuple[tuple[str, float, float, float], ...]


OFFICES = {
    "UT": Office(
        "Provo",
        "America/Denver",
        (
            ("Ada Provo", 40.2338, -111.6585, 30),
            ("Bert Lehi", 40.3916, -111.8508, 25),
            ("Cleo Salt Lake", 40.7608, -111.8910, 25),
            ("Drew Ogden", 41.2230, -111.9738, 30),
        ),
    ),
    "AZ": Office(
        "Phoenix",
        "America/Phoenix",
        (
            ("Enid Phoenix", 33.4484, -112.0740, 15),
            ("Finn Glendale", 33.5387, -112.1860, 20),
            ("Gwen Scottsdale", 33.4942, -111.9261, 20),
            ("Hugh Mesa", 33.4152, -111.8315, 25),
            ("Iris Casa Grande", 32.8795, -111.7574, 60),
        ),
    ),
}


@frozen(kw_only=True)
class Site:
    """
    A line of the file.
    """

    line: int
    fields: Mapping[str, str]

    @property
    def id(self) -> str:
        return self.fields["ID"]

    @property
    def name(self) -> str:
        return in_words(self.fields["NAME"])

    @property
    def state(self) -> str:
        return self.fields["STATE"]

    @property
    def closed(self) -> bool:
        return self.fields["STATUS"] == "CLOSED"

    @property
    def place(self) -> tuple[float, float]:
        return float(self.fields["LATITUDE"]), float(self.fields["LONGITUDE"])

    def customer(self, location: str) -> dict[str, Any]:
        """
        The request that makes it a customer.
        """
        return {
            "account_type": "commercial",
            "business_name": self.name,
            "external_id": self.id,
            "phone": self.fields["TELEPHONE"],
            "location": location,
            "address": {
                "line1": in_words(self.fields["ADDRESS"]),
                "city": in_words(self.fields["CITY"]),
                "state": self.state,
                "postal_code": self.fields["ZIP"],
            },
            "coordinates": coordinates(*self.place),
        }


def read(file: Path) -> list[Site]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        lines = csv.DictReader(opened)
        return [Site(line=lines.line_num, fields=fields) for fields in lines if fields["STATE"] in OFFICES]


def in_words(capitals: str) -> str:
    """
    Each word with one capital; what has no vowel, and so is no word (LLC, DHHS), as it is.
    """
    return re.sub(r"[A-Z0-9][A-Z0-9']*", lambda word: _in_words(word[0]), capitals)


def _in_words(word: str) -> str:
    return word.capitalize() if re.search(r"[0-9AEIOUY]", word) or len(word) < 3 else word


def coordinates(latitude: float, longitude: float) -> dict[str, float]:
    return {"latitude": latitude, "longitude": longitude}


# --- What is asked of the API -------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Refusal:
    """
    What the API refused for a site: its problem document.
    """

    site: Site
    problem: Mapping[str, Any]

    @property
    def codes(self) -> list[str]:
        found = [violation["code"] for violation in self.problem.get("violations", ())]
        return found or [self.problem["type"].removeprefix("/problems/")]


@frozen
class Api:
    """
    The API of one company.
    """

    client: httpx.Client

    def get(self, path: str, query: Mapping[str, Any]) -> Any:
        answer = self.client.get(path, params=query)
        return answer.raise_for_status().json()

    def make(self, path: str, body: Mapping[str, Any], *, key: str) -> Any:
        """
        What was made. Whatever refuses it ends the run.
        """
        answer = self.try_to_make(path, body, key=key)
        if answer.is_error:
            sys.exit(f"{path} was refused: {answer.json()['detail']}")
        return answer.json()

    def try_to_make(self, path: str, body: Mapping[str, Any], *, key: str) -> httpx.Response:
        """
        The answer, where it is a success or a refusal (422).
        """
        answer = self.client.post(path, json=body, headers={"Idempotency-Key": key})
        return answer if answer.status_code == 422 else answer.raise_for_status()


@frozen(kw_only=True)
class Visit:
    """
    A visit that was booked, with the technician's place and radius (meters).
    """

    site: Site
    booked: Mapping[str, Any]
    start: tuple[float, float]
    radius: float

    @property
    def technician(self) -> str:
        name: str = self.booked["user"]["name"]
        return name

    @property
    def period(self) -> tuple[datetime, datetime]:
        return datetime.fromisoformat(self.booked["start"]), datetime.fromisoformat(self.booked["end"])


class Run:
    """
    One run: what it made, booked, left out and was refused.
    """

    def __init__(self, api: Api, first: date) -> None:
        self.api, self.first = api, first
        self.technicians: dict[str, tuple[tuple[float, float], float]] = {}
        self.left_out: list[Site] = []
        self.visits: list[Visit] = []
        self.no_customer: list[Refusal] = []
        self.no_visit: list[Refusal] = []
        self.customers = 0

    def all(self, sites: list[Site]) -> None:
        type = {"kind": "tech", "name": "Site inspection", "minutes": MINUTES}
        self.type = self.api.make("catalogs/appointment_types", type, key="real-sites-type")["id"]
        locations = {state: self._open(office) for state, office in OFFICES.items()}
        for site in sites:
            if site.closed:
                self.left_out.append(site)
            else:
                self._one(site, locations[site.state])

    def _open(self, office: Office) -> str:
        body = {"name": office.name, "zone": office.zone}
        location: str = self.api.make("locations", body, key=f"real-sites-{office.name}")["id"]
        for name, latitude, longitude, miles in office.technicians:
            body = technician(name, location, latitude, longitude, miles)
            user = self.api.make("users", body, key=f"real-sites-{body['email']}")["id"]
            self.technicians[user] = (latitude, longitude), miles * METERS_A_MILE
        return location

    def _one(self, site: Site, location: str) -> None:
        made = self.api.try_to_make("customers", site.customer(location), key=f"real-sites-customer-{site.id}")
        if made.is_error:
            self.no_customer.append(Refusal(site=site, problem=made.json()))
            return
        self.customers += 1
        customer = made.json()["id"]
        user, start = self._opening(customer) or self._not_open(customer)
        wish = {"kind": "tech", "customer": customer, "type": self.type, "user": user, "start": start, "mode": MODE}
        booked = self.api.try_to_make("appointments", wish, key=f"real-sites-visit-{site.id}")
        if booked.is_error:
            self.no_visit.append(Refusal(site=site, problem=booked.json()))
        else:
            place, radius = self.technicians[user]
            self.visits.append(Visit(site=site, booked=booked.json(), start=place, radius=radius))

    def _opening(self, customer: str) -> tuple[str, str] | None:
        """
        The first start of the three days that fits, of the nearest of our technicians who has one so early.
        """
        query = {"customer": customer, "type": self.type, "from": self.first.isoformat(), "days": DAYS, "mode": MODE}
        found = self.api.get("openings", query | {"users": list(self.technicians)})
        openings = [
            (start, who["distance"]["meters"], who["user"]["id"])
            for who in found["items"]
            for day in who["days"]
            for start in day["starts"]
        ]
        if not openings:
            return None
        start, _, user = min(openings)
        return user, start

    def _not_open(self, customer: str) -> tuple[str, str]:
        """
        Where nothing is open: the nearest of them, at ten on the first day. The API says what stands against it.
        """
        listed = self.api.get("technicians", {"customer": customer, "mode": MODE})["items"]
        nearest = next(each["user"]["id"] for each in listed if each["user"]["id"] in self.technicians)
        return nearest, f"{self.first}T10:00"


def technician(name: str, location: str, latitude: float, longitude: float, miles: float) -> dict[str, Any]:
    """
    The request that makes a technician, who works from eight to five, Monday to Friday.
    """
    return {
        "name": name,
        "email": f"{name.lower().replace(' ', '.')}@real-sites.example",
        "home": location,
        "technician": True,
        "start_coordinates": coordinates(latitude, longitude),
        "coverage_radius": miles * METERS_A_MILE,
        "weekly": [*[[{"start": "08:00", "end": "17:00"}]] * 5, [], []],
    }


def summer_day() -> date:
    """
    The first Tuesday on or after 10 July, of this year or, once that is near, of the next.
    """
    today = datetime.now().astimezone().date()
    for year in (today.year, today.year + 1):
        tenth = date(year, 7, 10)
        tuesday = tenth + timedelta(days=(1 - tenth.weekday()) % 7)
        if tuesday > today + timedelta(days=7):
            return tuesday
    raise AssertionError("next summer is always to come")


# --- What came of it ----------------------------------------------------------------------------------------------


def tell(run: Run, sites: list[Site]) -> None:
    """
    Counts first, then lines.
    """
    by_state = Counter(site.state for site in sites)
    print(f"{len(sites)} sites: " + ", ".join(f"{count} in {state}" for state, count in sorted(by_state.items())))
    print(f"  {len(run.left_out):4} left out: closed")
    print(f"  {len(run.no_customer):4} refused as customers: {counted(run.no_customer)}")
    print(f"  {run.customers:4} customers")
    print(f"  {len(run.visits):4} visits booked, from {run.first} on, {DAYS} days")
    print(
        f"  {len(run.no_visit):4} visits refused (a refusal names all that stands against it): {counted(run.no_visit)}"
    )
    print("\nBooked:")
    for visit in sorted(run.visits, key=lambda each: (each.period[0], each.technician)):
        print(f"  {visit.booked['start']}  {visit.technician:18} {visit.site.name}")
    print("\nRefused:")
    for refusal in (*run.no_customer, *run.no_visit):
        print(f"  line {refusal.site.line:4}  {', '.join(refusal.codes):28} {refusal.problem['detail']}")
    for site in run.left_out:
        print(f"  line {site.line:4}  {'(not sent)':28} {site.name} is closed.")


def counted(refusals: list[Refusal]) -> str:
    counts = Counter(code for refusal in refusals for code in refusal.codes)
    return ", ".join(f"{count} {code}" for code, count in counts.most_common()) or "none"


def check(run: Run) -> None:
    """
    What must hold, computed from the answers alone.
    """
    overlaps = [
        (one, other)
        for index, one in enumerate(run.visits)
        for other in run.visits[index + 1 :]
        if one.technician == other.technician and one.period[0] < other.period[1] and other.period[0] < one.period[1]
    ]
    outside = [visit for visit in run.visits if meters(visit.start, visit.site.place) > visit.radius + 1]
    assert not overlaps, f"visits of one technician overlap: {overlaps}"
    assert not outside, f"visits outside their technician's coverage: {outside}"
    print(f"\nOf {len(run.visits)} visits no two of a technician overlap, and none lies outside coverage.")
    offsets = {
        state: {visit.booked["start"][-6:] for visit in run.visits if visit.site.state == state} for state in OFFICES
    }
    if all(offsets.values()):
        assert offsets == {"UT": {"-06:00"}, "AZ": {"-07:00"}}, offsets
        print("Clocks in summer: Utah at -06:00, Arizona, which does not change them, at -07:00.")


def meters(one: tuple[float, float], other: tuple[float, float]) -> float:
    """
    The great-circle distance of two places.
    """
    (lat1, lon1), (lat2, lon2) = ((radians(lat), radians(lon)) for lat, lon in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6_371_008.8 * asin(sqrt(half))


# --- A server of its own ------------------------------------------------------------------------------------------


@contextmanager
def own_server() -> Iterator[tuple[str, str]]:
    """
    A served company over a new database, as one starts one by hand: its address and its owner's token.
    """
    with tempfile.TemporaryDirectory(prefix="real-sites-") as directory:
        port = free_port()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("FIELDOPS_")}
        environment |= {"FIELDOPS_DATABASE": f"sqlite:///{directory}/sites.db", "FIELDOPS_PORT": str(port)}
        fieldops(environment, "migrate")
        founded = ["--owner-email", "owner@real-sites.example", "--zone", "America/Denver"]
        token = fieldops(environment, "company", "create", "sites", *founded)
        with Path(directory, "log").open("wb") as log:
            command = [script(), "serve"]
            server = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url, server)
            keep_to_working_hours(f"{url}/v1/sites", token)
            yield f"{url}/v1/sites", token
        finally:
            server.terminate()
            server.wait(15)


def keep_to_working_hours(url: str, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}", "If-Match": "*"}
    httpx.patch(f"{url}/settings", json={"working_hours_rule": "hours"}, headers=headers).raise_for_status()


def fieldops(environment: Mapping[str, str], *arguments: str) -> str:
    done = subprocess.run([script(), *arguments], env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def script() -> str:
    return str(Path(sys.executable).with_name("fieldops"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            httpx.get(f"{url}/ready", timeout=2).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The server does not answer.")


def main() -> None:
    parser = argparse.ArgumentParser(description="Make real sites customers, and book one visit to each.")
    parser.add_argument("file", type=Path, help="the CSV of sites")
    parser.add_argument("--url", help="a company's address on a running server, such as http://127.0.0.1:8000/v1/acme")
    parser.add_argument("--token", help="a token of its owner")
    asked = parser.parse_args()
    if bool(asked.url) is not bool(asked.token):
        parser.error("--url and --token go together")
    sites = read(asked.file)
    server = nullcontext((asked.url, asked.token)) if asked.url else own_server()
    with server as (url, token):
        headers = {"Authorization": f"Bearer {token}"}
        with httpx.Client(base_url=f"{url.rstrip('/')}/", headers=headers, timeout=30) as client:
            run = Run(Api(client), summer_day())
            run.all(sites)
    tell(run, sites)
    check(run)


if __name__ == "__main__":
    main()
