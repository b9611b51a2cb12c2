"""
Contacts.
"""

from datetime import datetime
from typing import NewType
from uuid import UUID

from attrs import field, frozen

from fieldops_core.customers.model.parts import CustomerId
from fieldops_core.kernel.contact import Phone
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.text import a_name, tidy

ContactId = NewType("ContactId", UUID)

CONTACT_LIMIT = 50
PHONE_LIMIT = 5


@frozen(kw_only=True)
class Contact:
    """
    Somebody to call about a record: a neighbour with the key, a caretaker. *relation* says what they are to it. Whom to
    call first has the lowest *place*.

    Raises:
        InvalidValue: where there are more than 5 telephone numbers.
    """

    id: ContactId
    customer: CustomerId
    name: str = field(converter=a_name)
    relation: str = ""
    phones: tuple[Phone, ...] = ()
    place: int
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int = 1

    def __attrs_post_init__(self) -> None:
        tidy(self, relation=100)
        if len(self.phones) > PHONE_LIMIT:
            sentence = f"A contact has at most {PHONE_LIMIT} telephone numbers."
            facts = {"limit": PHONE_LIMIT}
            raise InvalidValue("contact.phones_many", sentence, facts=facts, field="phones", rule="CUS-23")
