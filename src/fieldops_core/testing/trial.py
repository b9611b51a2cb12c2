"""
A small company, to try an adapter or an embedding on.
"""

from attrs import Factory, frozen

from fieldops_core.access.context import Context
from fieldops_core.access.model import SYSTEM
from fieldops_core.app.ports import Ports, Storage
from fieldops_core.company.model import AppointmentType, Company, Location
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.ids import Ids
from fieldops_core.staff.model import User
from fieldops_core.testing.builders import a_company, a_customer, a_location, a_technician, a_type, fresh
from fieldops_core.testing.clock import FrozenClock
from fieldops_core.testing.phones import PlainPhones
from fieldops_core.testing.randomness import CountedRandomness
from fieldops_core.testing.routing import StraightRouting


@frozen(kw_only=True)
class Trial:
    """
    An office in Provo, Utah; Ann, a technician there; Maria, a customer whom she covers; a service of an hour: all of
    it in the *storage*. *clock*, *ids* and *ports* are what else an engine needs; it is Monday, 25 May 2026.
    """

    storage: Storage
    clock: FrozenClock = Factory(FrozenClock)
    ids: Ids = fresh
    ports: Ports = Factory(
        lambda: Ports(phones=PlainPhones(), routing=StraightRouting(), randomness=CountedRandomness())
    )
    company: Company = Factory(a_company)
    provo: Location = Factory(a_location)
    service: AppointmentType = Factory(lambda: a_type(minutes=60))
    ann: User = Factory(lambda self: a_technician(home=self.provo.id), takes_self=True)
    maria: Customer = Factory(lambda self: a_customer(location=self.provo.id), takes_self=True)

    def __attrs_post_init__(self) -> None:
        with self.storage.writing(self.company.id) as unit:
            unit.companies.add(self.company)
            unit.locations.add(self.provo)
            unit.appointment_types.add(self.service)
            unit.users.add(self.ann)
            unit.customers.add(self.maria)

    @property
    def context(self) -> Context:
        """
        The circumstances of what the system itself does in this company.
        """
        return Context(company=self.company.id, actor=SYSTEM)
