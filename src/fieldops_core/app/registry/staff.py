"""
What is done with and asked of users, their hours and absences; how a company begins.
"""

from functools import partial

from fieldops_core.access.model import Permission
from fieldops_core.app import importing
from fieldops_core.app import messages as app
from fieldops_core.app.ports import Ports
from fieldops_core.app.registry.uses import MODIFY, VIEW, Use, one_of, use
from fieldops_core.company import messages as company
from fieldops_core.company.views import CompanyView
from fieldops_core.customers.views import ImportView
from fieldops_core.staff import messages
from fieldops_core.staff import use_cases as cases
from fieldops_core.staff.views import (
    AbsencesView,
    AbsenceView,
    AdoptionView,
    HolidaysView,
    UserHoursView,
    UsersView,
    UserView,
)


def uses(ports: Ports) -> tuple[Use, ...]:
    do, see = ((Permission.USERS, MODIFY),), ((Permission.USERS, VIEW),)
    hours = one_of((Permission.WORKING_HOURS, Permission.OWN_WORKING_HOURS), MODIFY)
    bring = partial(importing.import_technicians, phones=ports.phones, geocoder=ports.geocoder)
    create, change = partial(cases.create_user, phones=ports.phones), partial(cases.change_user, phones=ports.phones)
    adopt = partial(cases.adopt_holidays, calendar=ports.holidays)
    holidays = partial(cases.list_holidays, calendar=ports.holidays)
    return (
        use(company.FoundCompany, cases.found_company, CompanyView, needs=(), changes=True),
        use(app.ImportTechnicians, bring, ImportView, needs=do, changes=True),
        use(messages.CreateUser, create, UserView, needs=do, changes=True),
        use(messages.ChangeUser, change, UserView, needs=do, changes=True),
        use(messages.ShowUser, cases.show_user, UserView, needs=see, changes=False),
        use(messages.ListUsers, cases.list_users, UsersView, needs=see, changes=False),
        use(messages.ChangeWorkingHours, cases.change_working_hours, UserHoursView, needs=hours, changes=True),
        use(messages.AddAbsence, cases.add_absence, AbsenceView, needs=hours, changes=True),
        use(messages.ChangeAbsence, cases.change_absence, AbsenceView, needs=hours, changes=True),
        use(messages.RemoveAbsence, cases.remove_absence, AbsenceView, needs=hours, changes=True),
        use(messages.AdoptHolidays, adopt, AdoptionView, needs=hours, changes=True),
        use(messages.ListHolidays, holidays, HolidaysView, needs=(*hours, *see), changes=False),
        use(messages.ListAbsences, cases.list_absences, AbsencesView, needs=(*hours, *see), changes=False),
    )
