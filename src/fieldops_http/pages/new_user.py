"""
The form of a new user (WEB-07).
"""

from uuid import uuid4

from litestar import get, post
from litestar.concurrency import sync_to_thread

from fieldops_core.access.model import Action
from fieldops_core.company.views import LocationView
from fieldops_core.kernel.contact import Address, Email
from fieldops_core.kernel.errors import Forbidden, InvalidValue, Unavailable
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.rules import Refused
from fieldops_core.kernel.text import a_name
from fieldops_core.login.messages import Invite
from fieldops_core.staff.messages import CreateUser
from fieldops_core.staff.views import UserView
from fieldops_http.engine import known
from fieldops_http.pages import granting
from fieldops_http.pages import user_forms as forms
from fieldops_http.pages.frame import FORM_LIMIT, Answer, Here, Present, Web, read_all
from fieldops_http.pages.maps import length
from fieldops_http.pages.rendering import against, see_other
from fieldops_http.pages.typed import (
    ADDRESS,
    Fields,
    Reading,
    Typed,
    Unread,
    a_number,
    a_point,
    a_zone,
    an_address,
    an_id,
)
from fieldops_http.pages.user_forms import Offered
from fieldops_http.pages.users import may, offered, people

FIELDS = ("name", "email", "phone", "home", "further", "role", granting.FIELD, "program", "reports_to", *forms.FINER)
SENT = "This form added a user already. Look whether it was the one you mean; if it was not, send it again."
STARTS = (*ADDRESS, "latitude", "longitude", "coverage_radius")
HOME, ELSEWHERE = "home", "elsewhere"
"""
Where somebody starts the day.
"""


@get("/app/{company:str}/users/new", include_in_schema=False, sync_to_thread=True)
def new_user(here: Here) -> Answer:
    """
    A form that is filled in as most users are.

    Raises:
        Forbidden: where they may save no users.
    """
    _permit(here)
    there = offered(here)
    return _page(here, there, Typed(_usual(here, there)))


@post("/app/{company:str}/users/new", include_in_schema=False, status_code=200, request_max_body_size=FORM_LIMIT)
async def add_user(request: Web, here: Here) -> Answer:
    """
    Adds the user, and invites them where that is wanted; or draws the form again with all that stands against it.
    """
    typed = Typed(await read_all(request))
    here.meant(request, {"csrf_token": typed.one("csrf_token")})
    return await sync_to_thread(_add, here, typed)


def _add(here: Present, typed: Typed) -> Answer:
    _permit(here)
    there = offered(here)
    try:
        told = here.once(typed.one("once")).tell(creating(there, typed))
    except Unread as error:
        return _page(here, there, typed, status=422, problems=error.problems)
    except (Refused, InvalidValue, Forbidden, Unavailable) as error:
        status, problems = against(error, (*FIELDS, *STARTS))
        if isinstance(error, Refused) and any(each.code == "idempotency.key_reused" for each in error.violations):
            problems = {"": [SENT]}
        return _page(here, there, typed, status=status, problems=problems)
    user = known(told.answer, UserView)
    return see_other(f"/app/{here.company}/users/{user.id}?done={_invited(here, UserId(user.id), typed)}")


def _invited(here: Present, user: UserId, typed: Typed) -> str:
    """
    What was done, for the user's page to tell. The user is there, whatever comes of the invitation.
    """
    if not here.engine.fieldops.door.posts:
        return "added_by_hand"
    if not typed.one("invite"):
        return "added"
    try:
        here.once(typed.one("once"), "-invitation").tell(Invite(user=user))
    except (Refused, Unavailable):
        return "added_unmailed"
    return "added_invited"


def creating(there: Offered, typed: Typed) -> CreateUser:
    """
    Raises:
        Unread: with all that cannot be read.
    """
    read = Reading()
    command = _command(there, typed, read)
    if read.problems:
        raise Unread(read.problems)
    return command


def _command(there: Offered, typed: Typed, read: Reading) -> CreateUser:
    home = read.value(lambda: LocationId(an_id(typed.one("home"), "home")), LocationId(there.locations[0].id))
    address, start, radius = _coverage(there, home, typed, read)
    return CreateUser(
        name=read.value(lambda: a_name(typed.one("name")), ""),
        email=read.value(lambda: _email(typed.one("email")), ""),
        home=home,
        phone=typed.one("phone") or None,
        language=typed.one("language") or forms.LANGUAGE,
        zone=read.value(lambda: a_zone(typed.one("zone"), "zone"), None),
        further=read.value(lambda: forms.further(typed, home), ()),
        reports_to=read.value(lambda: forms.boss(typed), None),
        technician=bool(typed.one("technician")),
        sales_rep=bool(typed.one("sales_rep")),
        program_types=read.value(lambda: forms.programs(typed), ()),
        start_address=address,
        start=start,
        coverage_radius=radius,
        roles=read.value(lambda: forms.chosen_roles(typed), ()),
        grants=read.value(lambda: granting.grants(typed), frozenset()),
        external_id=typed.one("external_id") or None,
    )


def _coverage(there: Offered, home: LocationId, typed: Typed, read: Reading) -> tuple[Address, Point | None, float]:
    """
    Where a technician starts the day, and how far (meters) they go from there. Of others it is not asked.
    """
    if not typed.one("technician"):
        return Address(), None, 0.0
    told = typed.one("coverage_radius")
    radius = read.value(lambda: a_number(told, "coverage_radius") * there.unit.meters if told else 0.0, 0.0)
    if typed.one("starts") == ELSEWHERE:
        return read.value(lambda: an_address(typed), Address()), read.value(lambda: a_point(typed), None), radius
    at = next((each for each in there.locations if each.id == home), None)
    return (_address(at), at.coordinates, radius) if at else (Address(), None, radius)


def _address(location: LocationView) -> Address:
    return an_address(Typed({name: [getattr(location.address, name) or ""] for name in ADDRESS}))


def _email(text: str) -> str:
    if not text:
        raise InvalidValue("email.missing", "Say an address: they log in with it.", field="email")
    return Email(text).address


def _usual(here: Present, there: Offered) -> Fields:
    """
    A technician of the location that the reader is of, from where they go as far as the company goes.
    """
    active = [str(each.id) for each in there.locations if each.active]
    mine = str(here.me.home)
    return {
        "home": [mine if mine in active else next(iter(active), "")],
        "technician": ["on"],
        "starts": [HOME],
        "coverage_radius": [length(there.settings.max_coverage_radius, there.unit) if there.settings else ""],
        "language": [forms.LANGUAGE],
        "invite": ["on"],
    }


def _permit(here: Present) -> None:
    # Who added somebody comes to their page: it needs to be theirs to see.
    if not may(here, Action.VIEW, Action.MODIFY):
        raise Forbidden("You do not have the permission for this in the whole company.", rule="ACC-25")


def _page(
    here: Present, there: Offered, typed: Typed, *, status: int = 200, problems: dict[str, list[str]] | None = None
) -> Answer:
    return here.page(
        "new_user.html",
        status=status,
        known=there,
        typed=typed,
        problems=problems or {},
        people=people(here),
        granting=granting.offer(typed, (), there.locations),
        posts=here.engine.fieldops.door.posts,
        once=uuid4().hex,
    )


HANDLERS = (new_user, add_user)
