"""
The demo's three offices: where they are, and who works there.
"""

from attrs import frozen

from fieldops_core.kernel.hours import WeeklyHours
from fieldops_http.demo.catalog import Season
from fieldops_http.demo.towns import ARIZONA, IDAHO, UTAH, Town

WEEKDAYS = WeeklyHours.every("08:00", "17:00")
EARLY = WeeklyHours.every("07:00", "15:30")
LATE = WeeklyHours.every("11:00", "20:00")
FOUR_TENS = WeeklyHours.every("07:00", "18:00", weekdays=range(4))
WEEKEND = WeeklyHours.every("09:00", "18:00", weekdays=(2, 3, 4, 5, 6))
TUESDAY_ON = WeeklyHours.every("08:00", "17:00", weekdays=range(1, 6))
DAWN = WeeklyHours.every("06:00", "14:30")
HALF_WEEK = WeeklyHours.every("08:00", "17:00", weekdays=(0, 1, 2))


@frozen
class Member:
    """
    Somebody who goes to customers: where the day starts, how far they go (miles), and when they work.
    """

    name: str
    zip: str
    miles: float
    weekly: WeeklyHours = WEEKDAYS


@frozen(kw_only=True)
class Office:
    """
    A location: its people, those it works for, and the months of which the weather asks for cooling. *holiday* is a
    state's own, as (month, day, name). The first of its *technicians* is on call on holidays.
    """

    name: str
    state: str
    zone: str
    zip: str
    towns: tuple[Town, ...]
    streets: tuple[str, ...]
    area_codes: tuple[int, ...]
    warm_months: range
    holiday: tuple[int, int, str] | None = None
    dispatcher: str
    trainer: Member
    technicians: tuple[Member, ...]
    sales_reps: tuple[Member, ...]
    share: int

    def town(self, zip: str) -> Town:
        return next(each for each in self.towns if each.zip == zip)

    def season(self, month: int) -> Season:
        return Season.WARM if month in self.warm_months else Season.COLD


PROVO = Office(
    name="Provo",
    state="UT",
    zone="America/Denver",
    zip="84601",
    towns=UTAH,
    streets=(
        "Alder Lane",
        "Aspen Grove Road",
        "Bonneville Way",
        "Canyon View Drive",
        "Cherry Orchard Lane",
        "Cottonwood Street",
        "Foothill Drive",
        "Juniper Court",
        "Lakeview Parkway",
        "Meadow Lark Lane",
        "Millrace Road",
        "Old Mill Street",
        "Quail Hollow",
        "Timpanogos Avenue",
        "Wasatch Boulevard",
    ),
    area_codes=(801, 385),
    warm_months=range(5, 10),
    holiday=(7, 24, "Pioneer Day"),
    dispatcher="Dana Whitlock",
    trainer=Member("Ruth Ostler", "84057", 40, LATE),
    technicians=(
        Member("Elena Marsh", "84660", 25),
        Member("Ann Delgado", "84604", 15),
        Member("Ben Takahashi", "84606", 20, EARLY),
        Member("Grace Lindqvist", "84663", 20, TUESDAY_ON),
        Member("Hiro Yamada", "84651", 30, EARLY),
        Member("Isabel Crane", "84058", 10, WEEKEND),
        Member("Jonas Beck", "84062", 35, FOUR_TENS),
        Member("Carla Nuttall", "84057", 12, WEEKEND),
        Member("Dmitri Volkov", "84043", 18, FOUR_TENS),
        Member("Frank Obuya", "84003", 15, LATE),
        Member("Keiko Tanner", "84106", 15, WEEKEND),
        Member("Leo Mortensen", "84123", 15, TUESDAY_ON),
        Member("Maya Trujillo", "84070", 18),
        Member("Nate Fonoti", "84095", 20, EARLY),
        Member("Oksana Reid", "84102", 12, FOUR_TENS),
        Member("Pete Salazar", "84088", 15, TUESDAY_ON),
        Member("Quentin Ashby", "84115", 15, LATE),
        Member("Rosalind Kemp", "84118", 12),
        Member("Sam Leavitt", "84065", 18, EARLY),
        Member("Tess Holgate", "84047", 14, WEEKEND),
    ),
    sales_reps=(
        Member("Kay Sorensen", "84604", 30, TUESDAY_ON),
        Member("Luis Aguilar", "84062", 30, LATE),
        Member("Naomi Fitch", "84106", 25),
        Member("Troy Halvorsen", "84095", 30, FOUR_TENS),
    ),
    share=42,
)

BOISE = Office(
    name="Boise",
    state="ID",
    zone="America/Boise",
    zip="83702",
    towns=IDAHO,
    streets=(
        "Bogus Basin Road",
        "Bowler Lane",
        "Camas Street",
        "Chinden Court",
        "Eagle Feather Way",
        "Harvest Moon Drive",
        "Hill Road",
        "Kootenai Street",
        "Lodgepole Lane",
        "Overland Way",
        "Owyhee Street",
        "Sage Hen Court",
        "Sawtooth Avenue",
        "Syringa Drive",
        "Tamarack Place",
    ),
    area_codes=(208, 986),
    warm_months=range(5, 10),
    dispatcher="Colin Abbott",
    trainer=Member("Beth Zamora", "83704", 40),
    technicians=(
        Member("Marcus Hallam", "83704", 20),
        Member("Yvonne Tracy", "83642", 15, FOUR_TENS),
        Member("Arlo Jensen", "83687", 25, WEEKEND),
        Member("Bridget Osei", "83706", 15, TUESDAY_ON),
        Member("Cyrus Pahlevan", "83709", 18, EARLY),
        Member("Delia Markham", "83646", 15, WEEKEND),
        Member("Emil Strand", "83605", 25, LATE),
        Member("Fay Nakagawa", "83702", 12),
        Member("Gus Petrakis", "83686", 20, EARLY),
        Member("Holly Bridger", "83616", 18, FOUR_TENS),
        Member("Ike Thurman", "83634", 22),
        Member("June Castellano", "83713", 15, WEEKEND),
        Member("Kurt Ibsen", "83651", 20, TUESDAY_ON),
    ),
    sales_reps=(
        Member("Lena Voss", "83646", 30),
        Member("Mitch Corrigan", "83705", 30, TUESDAY_ON),
        Member("Opal Bautista", "83687", 30, HALF_WEEK),
    ),
    share=22,
)

PHOENIX = Office(
    name="Phoenix",
    state="AZ",
    zone="America/Phoenix",
    zip="85003",
    towns=ARIZONA,
    streets=(
        "Agave Road",
        "Calle del Sol",
        "Camelback View",
        "Cholla Street",
        "Coyote Wash Drive",
        "Desert Willow Lane",
        "Encanto Way",
        "Ironwood Drive",
        "Mesquite Street",
        "Mummy Mountain Road",
        "Ocotillo Avenue",
        "Palo Verde Drive",
        "Saguaro Lane",
        "Thunderbird Court",
        "Turquoise Avenue",
    ),
    area_codes=(602, 480, 623),
    warm_months=range(3, 12),
    dispatcher="Valeria Montoya",
    trainer=Member("Howard Begay", "85016", 40, EARLY),
    technicians=(
        Member("Rafaela Quiroz", "85014", 15, DAWN),
        Member("Stan Kowalczyk", "85204", 18, DAWN),
        Member("Tamika Rowe", "85308", 20, TUESDAY_ON),
        Member("Uriel Cota", "85041", 18, WEEKEND),
        Member("Wes Dalrymple", "85254", 15, DAWN),
        Member("Xochitl Reyna", "85225", 18, TUESDAY_ON),
        Member("Abe Lindgren", "85374", 25, FOUR_TENS),
        Member("Bianca Soto", "85018", 14, DAWN),
        Member("Curtis Yazzie", "85032", 16, WEEKEND),
        Member("Dolores Vigil", "85233", 18, EARLY),
        Member("Earl Whitmore", "85345", 20, DAWN),
        Member("Farah Siddiqui", "85283", 15, LATE),
        Member("Gil Armendariz", "85037", 20, TUESDAY_ON),
        Member("Hana Sakamoto", "85258", 15, FOUR_TENS),
        Member("Israel Pacheco", "85297", 20, DAWN),
        Member("Joyce Tsosie", "85029", 16, WEEKEND),
        Member("Kirk Bellamy", "85326", 30, EARLY),
    ),
    sales_reps=(
        Member("Lorena Gaines", "85018", 30, TUESDAY_ON),
        Member("Nils Overby", "85224", 30, EARLY),
        Member("Paula Archuleta", "85302", 30, LATE),
    ),
    share=36,
)

OFFICES = (PROVO, BOISE, PHOENIX)
