"""
What the builders take is what the records have.
"""

from typing import get_type_hints

import attrs
import pytest

from fieldops_core.access.model import Role, Token
from fieldops_core.company.model import AppointmentType, Company, Location, SubType
from fieldops_core.customers.model import Customer
from fieldops_core.scheduling.model import Appointment, Block
from fieldops_core.staff.model import Absence, User
from fieldops_core.testing import fields

FIELDS: dict[type, type] = {
    Company: fields.CompanyFields,
    Location: fields.LocationFields,
    SubType: fields.SubTypeFields,
    AppointmentType: fields.TypeFields,
    Role: fields.RoleFields,
    Token: fields.TokenFields,
    User: fields.UserFields,
    Absence: fields.AbsenceFields,
    Customer: fields.CustomerFields,
    Appointment: fields.AppointmentFields,
    Block: fields.BlockFields,
}


@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.__name__)
def test_a_builder_takes_every_field_of_its_record(kind: type) -> None:
    assert get_type_hints(FIELDS[kind]) == {each.name: get_type_hints(kind)[each.name] for each in attrs.fields(kind)}
