"""
Users, roles and tokens from the command line.
"""

import json
from uuid import UUID

import pytest

from fieldops_core.app.door import Attempt
from fieldops_core.company.messages import CreateLocation
from fieldops_core.company.views import LocationView
from fieldops_core.kernel.errors import Stale
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.staff.messages import ChangeUser
from fieldops_core.staff.views import UserView
from fieldops_http.cli.naming import the_user
from fieldops_http.cli.opening import at_desk
from fieldops_http.composition import compose
from fieldops_http.settings import Settings
from tests.support.command_line import Ran, Run

NOBODY = UUID(int=1)
ANN = ("ann@acme.example", "--name", "Ann Delgado")


def told(ran: Ran) -> dict[str, str]:
    """
    What is told of a user, by field.
    """
    return {name.rstrip(":"): value.strip() for name, value in ran.lines}


@pytest.mark.rule("OPS-01", "ACC-23")
def test_a_user_is_made_with_what_is_given(acme: Run) -> None:
    acme("role", "create", "Dispatcher", "--permission", "tech_scheduler")

    made = acme(
        *("user", "create", *ANN, "--technician", "--start", "40.2338,-111.6585", "--radius", "25"),
        *("--phone", "(801) 555-0100", "--role", "dispatcher", "--external-id", "T-1", "--zone", "America/Boise"),
    )

    assert made.code == 0
    user = told(made)
    assert UUID(user.pop("id"))
    assert user == {
        "name": "Ann Delgado",
        "email": "ann@acme.example",
        "external id": "T-1",
        "phone": "+18015550100",
        "zone": "America/Boise",
        "home": "Provo",
        "can": "tech",
        "start": "40.2338, -111.6585",
        "radius": "25.0 mi",
        "roles": "Dispatcher",
    }
    assert told(acme("user", "show", "ANN@acme.example"))["name"] == "Ann Delgado"


@pytest.mark.rule("OPS-01", "ACC-23")
def test_a_change_leaves_what_is_not_given_and_clears_what_is_empty(acme: Run) -> None:
    acme("user", "create", *ANN, "--technician", "--phone", "8015550100", "--start", "40,-111", "--radius", "5")

    changed = told(
        acme("user", "change", ANN[0], "--name", "Anna", "--no-technician", "--sales-rep", "--phone", "", "--start", "")
    )

    assert (changed["name"], changed["can"], changed["radius"]) == ("Anna", "sales", "5.0 mi")
    assert not {"phone", "start"} & changed.keys()
    assert told(acme("user", "change", ANN[0], "--email", "anna@acme.example"))["email"] == "anna@acme.example"


@pytest.mark.rule("OPS-01", "ACC-24")
def test_who_is_deactivated_is_let_in_no_more_until_reactivated(acme: Run) -> None:
    acme("user", "create", *ANN, "--technician")

    assert told(acme("user", "deactivate", ANN[0]))["can"] == "deactivated"
    assert [line[0] for line in acme("user", "list").lines] == ["EMAIL", "olive@acme.example"]
    assert ["ann@acme.example", "Ann Delgado", "deactivated"] in acme("user", "list", "--all").lines
    assert told(acme("user", "reactivate", ANN[0]))["can"] == "tech"


@pytest.mark.rule("OPS-01", "ACC-01")
def test_roles_and_permissions_are_given_and_taken_one_by_one(acme: Run) -> None:
    acme("role", "create", "Dispatcher", "--permission", "tech_scheduler")
    acme("user", "create", *ANN)

    given = told(
        acme("user", "grant", ANN[0], "--role", "Dispatcher", "--role", "Owner", "--permission", "users.view@provo")
    )
    taken = told(acme("user", "revoke", ANN[0], "--role", "Owner", "--permission", "users@Provo"))

    assert (given["roles"], given["permissions"]) == ("Dispatcher, Owner", "users.view@Provo")
    assert (taken["roles"], "permissions" in taken) == ("Dispatcher", False)


@pytest.mark.rule("OPS-01", "ACC-01")
def test_what_a_role_holds_is_said_anew(acme: Run) -> None:
    made = acme("role", "create", "Office", "--permission", "customers", "--permission", "users.view@Provo")
    changed = acme("role", "change", "office", "--permission", "leads.view")

    assert made.out == "Office: customers.create, customers.modify, customers.view, users.view@Provo"
    assert changed.out == "Office: leads.view"
    assert acme("role", "list").out.splitlines() == ["Owner: everything", "Office: leads.view"]
    assert ["tech_schedule", " view"] in acme("role", "permissions").lines


@pytest.mark.rule("OPS-01")
def test_a_list_is_printed_as_the_api_answers_it_too(acme: Run) -> None:
    acme("user", "create", *ANN)

    users, tokens = json.loads(acme("user", "list", "--json").out), json.loads(acme("token", "list", "--json").out)
    (role,) = json.loads(acme("role", "list", "--json").out)
    one = json.loads(acme("user", "show", users[1]["id"], "--json").out)

    assert [user["email"] for user in users] == ["olive@acme.example", "ann@acme.example"]
    assert one == users[1]
    assert (role["name"], role["owner"]) == ("Owner", True)
    assert tokens[0]["secret"] is None


@pytest.mark.rule("OPS-01", "API-05")
def test_a_token_is_listed_and_revoked(acme: Run) -> None:
    (heading, (id, user, name, valid)) = acme("token", "list").lines

    assert heading[0] == "ID"
    assert (user.strip(), name.strip()) == ("olive@acme.example", "founding")
    assert valid.strip().startswith("until ")
    assert acme("token", "revoke", id).out.startswith(f"{id} is revoked on ")
    assert "revoked on" in acme("token", "list").out


def test_several_locations_are_told_apart_by_name(acme: Run) -> None:
    at_desk("acme").do(CreateLocation(name="Orem", zone="America/Denver"), LocationView)

    assert "Name one of them with --home: Provo, Orem." in acme("user", "create", *ANN).err
    assert told(acme("user", "create", *ANN, "--home", "orem"))["home"] == "Orem"
    assert [line[0] for line in acme("user", "list", "--location", "Orem").lines[1:]] == ["ann@acme.example"]


def test_a_name_that_several_have_is_asked_by_its_id(acme: Run) -> None:
    acme("user", "create", *ANN)
    for _ in "ab":
        acme("role", "create", "Twin")
    first, second = (role["id"] for role in json.loads(acme("role", "list", "--json").out)[1:])

    ran = acme("user", "grant", ANN[0], "--role", "Twin")

    assert ran.err == f"2 have the name 'Twin'. Name the role by its id: {first}, {second}."
    assert acme("user", "grant", ANN[0], "--role", second).code == 0


def test_a_change_of_what_somebody_else_changed_meanwhile_is_refused(acme: Run) -> None:
    acme("user", "create", *ANN)
    desk = at_desk("acme")
    there = the_user(desk, ANN[0])
    acme("user", "change", ANN[0], "--name", "Anna")

    with pytest.raises(Stale):
        desk.do(ChangeUser(user=UserId(there.id), name="Annie"), UserView, version=there.version)


@pytest.mark.rule("OPS-01")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("user", "create", "olive@ACME.example", "--name", "O"), "Another user logs in with olive@acme.example."),
        (("user", "create", "ann", "--name", "Ann"), "'ann' is not an email address."),
        (("user", "create", "a@b.cd", "--name", " "), "The name is empty."),
        (("user", "create", *ANN, "--phone", "12"), "'12' is not a telephone number."),
        (("user", "create", *ANN, "--zone", "Mars"), "There is no time zone 'Mars'."),
        (("user", "create", *ANN, "--home", "Orem"), "There is no location 'Orem', only Provo."),
        (("user", "create", *ANN, "--role", "Boss"), "There is no role 'Boss', only Owner."),
        (("user", "create", *ANN, "--start", "here"), "'here' are no coordinates. Write them as 40.2338,-111.6585."),
        (("user", "create", *ANN, "--start", "91,0"), "A latitude lies between -90 and 90 degrees."),
        (
            ("user", "show", "ann"),
            "'ann' is neither an email address nor an id. `fieldops user list` names every user.",
        ),
        (("user", "show", str(NOBODY)), f"There is no user {NOBODY}."),
        (("user", "change", "ann@acme.example"), "'acme' has no user 'ann@acme.example'. `fieldops user list` names"),
        (("user", "deactivate", "olive@acme.example"), "The company would have no active owner left."),
        (("role", "create", "R", "--permission", "tech_schedular"), "Did you mean tech_scheduler?"),
        (("role", "create", "R", "--permission", "flying"), "`fieldops role permissions` names them all."),
        (
            ("role", "create", "R", "--permission", "users.create"),
            "users cannot be held for 'create'. Hold it for view",
        ),
        (("role", "create", "R", "--permission", "users@Orem"), "There is no location 'Orem', only Provo."),
        (("role", "change", "owner", "--permission", "users"), "its grants cannot be changed."),
        (("user", "list", "--company", "globex"), "There is no company 'globex'."),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else None,
)
def test_what_stands_in_the_way_is_told_in_a_sentence(acme: Run, arguments: tuple[str, ...], sentence: str) -> None:
    ran = acme(*arguments)

    assert (ran.code, ran.out) == (1, "")
    assert sentence in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.rule("API-08", "OPS-01")
@pytest.mark.parametrize("command", ["invite", "reset-password"])
def test_a_link_is_printed_by_which_a_user_sets_a_password(
    acme: Run, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELDOPS_URL", "https://fieldops.acme.example/")
    done = acme("user", command, "olive@acme.example")
    base, _, secret = done.out.strip().rpartition("/")

    assert base == "https://fieldops.acme.example/app/acme/link"
    engine = compose(Settings.of())
    engine.fieldops.door.follow_link("acme", secret, Secret("correct horse battery"))
    attempt = Attempt(email="olive@acme.example", password=Secret("correct horse battery"))
    assert engine.fieldops.door.log_in("acme", attempt).user
    assert acme("user", command, "nobody@acme.example").code == 1


@pytest.mark.rule("API-08")
def test_an_address_of_the_server_is_one(acme: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDOPS_URL", "fieldops.acme.example")

    done = acme("user", "invite", "olive@acme.example")

    assert done.code == 1
    assert "FIELDOPS_URL" in done.err
