"""
How much of the demo is filled.
"""

from datetime import date, timedelta

from attrs import frozen

from fieldops_http.demo.offices import OFFICES, Member, Office


@frozen(kw_only=True)
class Size:
    """
    How many technicians and sales reps of each office there are (the first ones), how many records, and how many days
    of visits before today, and from today on.
    """

    technicians: tuple[int, ...]
    sales_reps: tuple[int, ...]
    customers: int
    leads: int
    days_back: int
    days_ahead: int

    def technicians_of(self, office: Office) -> tuple[Member, ...]:
        return office.technicians[: self.technicians[OFFICES.index(office)]]

    def sales_reps_of(self, office: Office) -> tuple[Member, ...]:
        return office.sales_reps[: self.sales_reps[OFFICES.index(office)]]

    @property
    def people(self) -> int:
        """
        Those who are hired: with a dispatcher and a trainer in each office.
        """
        return sum(self.technicians) + sum(self.sales_reps) + 2 * len(OFFICES)

    def days(self, today: date) -> list[date]:
        return [today + timedelta(days=offset) for offset in range(-self.days_back, self.days_ahead)]


SIZES = {
    "full": Size(
        technicians=tuple(len(office.technicians) for office in OFFICES),
        sales_reps=tuple(len(office.sales_reps) for office in OFFICES),
        customers=5_000,
        leads=400,
        days_back=21,
        days_ahead=70,
    ),
    "small": Size(
        technicians=(7, 3, 4),
        sales_reps=(1, 1, 1),
        customers=300,
        leads=40,
        days_back=3,
        days_ahead=9,
    ),
}
"""
Whoever is there in both is the same: the README's session runs in either.
"""
