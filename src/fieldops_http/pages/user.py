"""
One user: who they are, when they work, what they cover; and the forms by which that is changed (WEB-07).
"""

import shlex
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Annotated
from uuid import uuid4

from attrs import asdict, evolve, field, frozen
from litestar import get, post
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath, QueryParameter

from fieldops_core.access.model import Action
from fieldops_core.access.rules import HoursAccess, may_change_hours
from fieldops_core.kernel.errors import Forbidden, InvalidValue, NotFound, Stale, Unavailable
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.rules import Refused
from fieldops_core.kernel.time import day_in_words, local_date
from fieldops_core.login.messages import Invite
from fieldops_core.login.model import Purpose
from fieldops_core.staff.messages import ListAbsences, RemoveAbsence, ShowUser
from fieldops_core.staff.model import AbsenceId
from fieldops_core.staff.views import AbsencesView, AbsenceView, UserView
from fieldops_http.pages import granting
from fieldops_http.pages import user_forms as forms
from fieldops_http.pages.frame import FORM_LIMIT, Answer, Here, Present, Web, read_all
from fieldops_http.pages.maps import allowing, coverage_map, length
from fieldops_http.pages.merging import began, merged
from fieldops_http.pages.rendering import SENT, against, see_other
from fieldops_http.pages.reviewing import Review, reviewed
from fieldops_http.pages.typed import ADDRESS, Fields, Typed, version_of
from fieldops_http.pages.user_forms import Known
from fieldops_http.pages.users import kinds, may, offered, people, start_of

AHEAD = timedelta(days=731)
KEPT = "What you typed is kept. All else is as it stands now: look through it, and send it again if it still holds."

Edit = Annotated[str | None, QueryParameter(name="edit", required=False)]
Back = Annotated[str | None, QueryParameter(name="back", required=False)]
Done = Annotated[str | None, QueryParameter(name="done", required=False)]


@frozen(kw_only=True)
class Section:
    """
    A part of the page that can be changed: what its form holds at first (*filled*), the *command* that it comes to, the
    *fields* that refusals may be about, and what is told when it is *done*. Its review is shown *always*, or only where
    it comes to something. *hours*: who may change the user's hours may change it.
    """

    filled: Callable[[Known], Fields]
    command: Callable[[Known, Typed], object]
    fields: tuple[str, ...] = ()
    done: str
    always: bool = True
    hours: bool = False
    versioned: bool = True

    def open_to(self, known: Known) -> bool:
        return known.may_change_hours if self.hours else known.may_change


SECTIONS: Mapping[str, Section] = {
    "profile": Section(
        filled=forms.profile,
        command=forms.change_profile,
        fields=("name", "email", "phone", "home", "further", "program", "reports_to", *forms.FINER),
        done="The profile is saved.",
        always=False,
    ),
    "roles": Section(
        filled=forms.roles, command=forms.change_roles, done="The roles are saved.", fields=("role",), always=False
    ),
    "activity": Section(filled=forms.activity, command=forms.change_activity, done="Saved."),
    "hours": Section(filled=forms.hours, command=forms.change_hours, done="The working hours are saved.", hours=True),
    "absence": Section(
        filled=forms.absence,
        command=forms.add_absence,
        fields=("first", "last", "start", "end", "reason"),
        done="The absence is saved.",
        hours=True,
        versioned=False,
    ),
    "coverage": Section(
        filled=forms.coverage,
        command=forms.change_coverage,
        fields=(*ADDRESS, "latitude", "longitude", "coverage_radius"),
        done="Start and coverage are saved.",
    ),
}


@frozen(kw_only=True)
class State:
    """
    What the page shows besides what stands: the section whose form is open (*editing*), what is *typed* there, its
    *review*; *problems* by field, and those in *general* of the section that they are *about*, *stale* where somebody
    else was first; the version that the form is *meant_for*, and what it *began* with, where it is drawn again; what
    was *done*, and the section that one comes *back* from.
    """

    editing: str | None = None
    typed: Typed = Typed()
    review: Review | None = None
    problems: Mapping[str, list[str]] = field(factory=dict)
    general: list[str] = field(factory=list)
    about: str | None = None
    stale: bool = False
    meant_for: int | None = None
    began: str = ""
    done: str | None = None
    back: str | None = None

    @property
    def sent_as(self) -> str:
        """
        The name under which its form does once what it does, however often it is drawn; a new one after it was done.
        """
        return "" if SENT in self.general else self.typed.one("once")


REMOVED = "The absence is removed. Visits that are pending reassignment stay so until they are moved."
DONE = {name: (name, section.done) for name, section in SECTIONS.items()} | {
    "removed": ("absence", REMOVED),
    "invited": ("login", "A link is on its way to {email}. Those that were sent before lead nowhere."),
    "added": ("new", "{name} is added. Nothing was sent to them: Login, below, says how they come in."),
    "added_by_hand": ("new", "{name} is added. No mail is set up here: Login, below, says how they come in."),
    "added_invited": ("new", "{name} is added. An invitation with a link to set a password is on its way to {email}."),
    "added_unmailed": ("new", "{name} is added, but not invited: that did not work. Send the link below, at Login."),
}
"""
What was done, by its name in the address: the section that tells it, and the sentence.
"""


@get("/app/{company:str}/users/{id:uuid}", include_in_schema=False, sync_to_thread=True)
def user(here: Here, id: FromPath[UserId], edit: Edit = None, back: Back = None, done: Done = None) -> Answer:
    """
    The user; with *edit*, the form of one section; *back* from that of another, or *done* with it.
    """
    known = _known(here, id)
    section = SECTIONS.get(edit or "")
    if edit is None or section is None or not section.open_to(known):
        back, told = DONE.get(done or "", (back, None))
        words = {"name": known.user.name, "email": known.user.email}
        return _page(here, known, State(back=back, done=told and told.format(**words)))
    return _page(here, known, State(editing=edit, typed=Typed(section.filled(known))))


@post(
    "/app/{company:str}/users/{id:uuid}/{section:str}",
    include_in_schema=False,
    status_code=200,
    request_max_body_size=FORM_LIMIT,
)
async def change_user(request: Web, here: Here, id: FromPath[UserId], section: FromPath[str]) -> Answer:
    """
    Shows what a change would come to, and carries it out when it was shown.
    """
    typed = Typed(await read_all(request))
    here = here.sending(request, typed.one("csrf_token"))
    if section not in SECTIONS:
        raise NotFound("section", section[:40])
    return await sync_to_thread(_change, here, id, section, typed)


@post(
    "/app/{company:str}/users/{id:uuid}/absences/{absence:uuid}/remove",
    include_in_schema=False,
    status_code=200,
    request_max_body_size=FORM_LIMIT,
)
async def remove_absence(request: Web, here: Here, id: FromPath[UserId], absence: FromPath[AbsenceId]) -> Answer:
    """
    Removes an absence of the version that was shown.
    """
    typed = Typed(await read_all(request))
    here = here.sending(request, typed.one("csrf_token"))
    return await sync_to_thread(_remove, here, id, absence, typed)


@post(
    "/app/{company:str}/users/{id:uuid}/invitation",
    include_in_schema=False,
    status_code=200,
    request_max_body_size=FORM_LIMIT,
)
async def invite(request: Web, here: Here, id: FromPath[UserId]) -> Answer:
    """
    Sends a link by which the user sets a password (API-08).
    """
    typed = Typed(await read_all(request))
    here = here.sending(request, typed.one("csrf_token"))
    return await sync_to_thread(_invite, here, id, typed)


def _change(here: Present, id: UserId, name: str, typed: Typed) -> Answer:
    known, section = _known(here, id), SECTIONS[name]
    version = version_of(typed.one("version")) if section.versioned else None
    try:
        command = section.command(known, typed)
        sender = here.once(typed.one("once"))
        review = reviewed(sender, command, version=version, seen=typed.one("seen"), always=section.always)
    except (Refused, InvalidValue, Stale, Forbidden, Unavailable) as error:
        return _refuse(here, id, name, typed, error)
    if review is None:
        return see_other(f"/app/{here.company}/users/{id}?done={name}")
    state = State(editing=name, typed=typed, review=review, meant_for=version, began=typed.one("was"))
    return _page(here, known, state)


def _remove(here: Present, id: UserId, absence: AbsenceId, typed: Typed) -> Answer:
    try:
        here.tell(RemoveAbsence(absence=absence), version=version_of(typed.one("version")))
    except NotFound:
        # Somebody else was first, or the same button before: it is removed.
        _known(here, id)
    except (Refused, Stale, Forbidden, Unavailable) as error:
        status, problems = against(error, ())
        return _page(here, _known(here, id), State(general=problems[""], about="absence"), status=status)
    return see_other(f"/app/{here.company}/users/{id}?done=removed")


def _invite(here: Present, id: UserId, typed: Typed) -> Answer:
    try:
        here.once(typed.one("once")).tell(Invite(user=id))
    except (Refused, Forbidden, Unavailable) as error:
        known, (status, problems) = _known(here, id), against(error, ())
        beside = State(general=problems[""], about="login")
        return _page(here, known, beside if known.may_invite else State(problems=problems), status=status)
    return see_other(f"/app/{here.company}/users/{id}?done=invited")


def _refuse(here: Present, id: UserId, name: str, typed: Typed, error: Exception) -> Answer:
    """
    The page as it stands now, with the form as it was typed; to who may not use it, without.
    """
    known, section = _known(here, id), SECTIONS[name]
    status, problems = against(error, section.fields)
    if not section.open_to(known):
        return _page(here, known, State(problems=problems), status=status)
    stale, general = isinstance(error, Stale), problems.pop("", [])
    if stale:
        general.append(KEPT)
    state = State(editing=name, typed=typed, problems=problems, general=general, about=name, stale=stale)
    if stale or SENT in general:
        state = evolve(state, typed=merged(section.filled(known), typed, typed.one("was")))
    elif section.versioned:
        state = evolve(state, meant_for=version_of(typed.one("version")), began=typed.one("was"))
    return _page(here, known, state, status=status)


def _known(here: Present, id: UserId) -> Known:
    shown = here.ask(ShowUser(user=id), UserView)
    there = offered(here)
    home = next(each for each in there.locations if each.id == shown.home)
    today = local_date(here.engine.fieldops.now(), home.zone)
    absences = here.ask(ListAbsences(first=today, last=today + AHEAD, user=id), AbsencesView)
    access = HoursAccess(actor=here.context.actor, user=id, home=LocationId(shown.home))
    return Known(
        user=shown,
        home=home,
        absences=absences.items,
        today=today,
        may_change=may(here, Action.MODIFY),
        may_change_hours=may_change_hours(access) is None,
        **asdict(there, recurse=False),
    )


def _page(here: Present, known: Known, state: State, *, status: int = 200) -> Answer:
    user, settings = known.user, known.settings
    return here.page(
        "user.html",
        status=status,
        notice=state.done if state.back == "new" else None,
        headers=allowing(here.engine.tiles) | ({} if state.editing else {"HX-Replace-Url": _of(here, user)}),
        known=known,
        user=user,
        kinds=kinds(user),
        start=start_of(user),
        radius=length(user.coverage_radius, known.unit),
        widest=length(settings.max_coverage_radius, known.unit) if settings else None,
        absences=[_absence(each) for each in known.absences],
        grants=[granting.words(each, known.locations) for each in user.grants],
        granting=granting.offer(state.typed, user.grants, known.locations),
        pairs=forms.pairs,
        dated=forms.dated,
        days=forms.DAYS,
        map=evolve(
            coverage_map(here, [user], known.locations, settings),
            widest=settings.max_coverage_radius if settings else None,
            editable=state.editing == "coverage",
        ),
        sent_as=state.sent_as or uuid4().hex,
        **_meant(known, state),
        **_login(here, user),
        **_reporting(here, user, editing=state.editing == "profile"),
        **asdict(state, recurse=False),
    )


def _meant(known: Known, state: State) -> dict[str, object]:
    """
    What a form is meant for: a version, and what it began with.
    """
    section = SECTIONS.get(state.editing or "")
    return {
        "version": known.user.version if state.meant_for is None else state.meant_for,
        "was": state.began or (began(section.filled(known)) if section else ""),
    }


def _of(here: Present, user: UserView) -> str:
    """
    The address of a user, without that of a form that was open: whoever loads it again sees the user.
    """
    return f"/app/{here.company}/users/{user.id}"


def _login(here: Present, user: UserView) -> dict[str, object]:
    """
    How the user comes in: *by_hand*, what a server without mail is told for that.
    """
    door = here.engine.fieldops.door
    return {
        "once": uuid4().hex,
        "posts": door.posts,
        "signs_on": door.signs_on,
        "link_days": Purpose.INVITATION.lasts.days,
        "by_hand": f"fieldops user invite {shlex.quote(user.email)} --company {here.company}",
    }


def _reporting(here: Present, user: UserView, *, editing: bool) -> dict[str, object]:
    """
    To whom the user reports, and who else that could be: also somebody deactivated, while it is them.
    """
    boss = None if user.reports_to is None else here.ask(ShowUser(user=UserId(user.reports_to)), UserView)
    others = [each for each in people(here) if boss is None or each.id != boss.id] if editing else []
    return {"boss": boss, "people": [*([boss] if boss else []), *others]}


@frozen(kw_only=True)
class AbsenceRow:
    """
    An absence as the list shows it. A holiday is its location's, and no user's to remove.
    """

    id: str
    version: int
    days: str
    time: str
    reason: str
    holiday: bool


def _absence(view: AbsenceView) -> AbsenceRow:
    first, last = (day_in_words(day) for day in (view.first, view.last))
    whole = (view.start, view.end) == ("00:00", "24:00")
    return AbsenceRow(
        id=str(view.id),
        version=view.version,
        days=first if first == last else f"{first} – {last}",
        time="whole day" if whole else f"{view.start}–{view.end}",
        reason=view.reason,
        holiday=view.location is not None,
    )


HANDLERS = (user, change_user, remove_absence, invite)
