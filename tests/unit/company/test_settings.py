"""
The settings of a company: their defaults, who changes them, and what they can be.
"""

import pytest

from fieldops_core.access.model import Action, Permission
from fieldops_core.company.messages import ChangeSettings, ShowSettings
from fieldops_core.company.model import CreditBand, ListMode, Settings, SheetPart, WorkingHoursRule
from fieldops_core.company.views import SettingsView
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.kernel.geo import DistanceUnit
from fieldops_core.kernel.hours import TimeRange, WeeklyHours
from fieldops_core.kernel.ids import UserId
from fieldops_core.testing.builders import a_company
from tests.support.world import World, denial, hidden

VIEW, MODIFY = Action.VIEW, Action.MODIFY

# As the rule says them, in its order.
DEFAULTS: dict[str, object] = {
    "sales_scheduler_on_customers": False,
    "work_order_required_for_tech_appointments": False,
    "show_previous_appointment_travel": True,
    "reschedule_tracking": False,
    "parent_child_billing": False,
    "address_verification": False,
    "duplicate_check": True,
    "credit_checks": False,
    "edocs": False,
    "government_regulations": False,
    "lead_rep_locked": False,
    "rate_breakout": False,
    "default_on_site_note": "",
    "grid_start": 6 * 60,
    "grid_end": 22 * 60,
    "max_coverage_radius": 100 * 1609.344,
    "distance_unit": DistanceUnit.MILE,
    "working_hours_rule": WorkingHoursRule.DAY,
    "scheduling_profile": None,
    "quiet_hours": TimeRange(21 * 60, 8 * 60),
    "currency": "USD",
    "credit_bands": (),
    "sold_by": (),
    "sheet_footer": "",
    "sheet_leaves_out": (),
}
OTHERS: dict[str, object] = {
    **{name: not value for name, value in DEFAULTS.items() if isinstance(value, bool)},
    "default_on_site_note": "Ring twice",
    "grid_start": 0,
    "grid_end": 24 * 60,
    "max_coverage_radius": 50_000.0,
    "distance_unit": DistanceUnit.KILOMETRE,
    "working_hours_rule": WorkingHoursRule.HOURS,
    "scheduling_profile": (ListMode.IN_COVERAGE_AREA, ListMode.IN_OFFICE_LOCATION),
    "default_working_hours": WeeklyHours.every("07:00", "15:00", weekdays=range(6)),
    "quiet_hours": TimeRange(20 * 60, 9 * 60),
    "currency": "CAD",
    "credit_bands": (CreditBand(grade="A", minimum=700),),
    "sheet_footer": "Call the office.",
    "sheet_leaves_out": (SheetPart.SCOPE,),
}


def changed(world: World, **changes: object) -> Settings:
    """
    The settings as they are kept after a change.
    """
    world.execute(ChangeSettings(changes=changes))
    with world.storage.reading(world.company.id) as unit:
        return unit.companies.get(world.company.id).settings


def invalid(world: World, changes: dict[str, object]) -> InvalidValue:
    with pytest.raises(InvalidValue) as refused:
        world.execute(ChangeSettings(changes=changes))
    return refused.value


# --- the defaults (ACC-19) --------------------------------------------------------------------------


@pytest.mark.rule("ACC-19")
@pytest.mark.parametrize(("name", "value"), DEFAULTS.items(), ids=DEFAULTS)
def test_a_company_begins_with_the_default(name: str, value: object) -> None:
    assert getattr(a_company().settings, name) == value


@pytest.mark.rule("ACC-19")
def test_there_is_no_setting_besides_and_default_working_hours_are_those_of_an_office() -> None:
    assert {*DEFAULTS, "default_working_hours"} == set(Settings.__slots__) - {"__weakref__"}  # type: ignore[attr-defined]
    assert Settings().default_working_hours == WeeklyHours.every("08:00", "17:00")


@pytest.mark.rule("ACC-19")
def test_the_settings_are_shown_as_people_write_them() -> None:
    world = World()

    shown = world.ask(ShowSettings(), SettingsView)

    assert (shown.grid_start, shown.grid_end) == ("06:00", "22:00")
    assert (shown.quiet_hours.start, shown.quiet_hours.end) == ("21:00", "08:00")
    assert (shown.distance_unit, shown.working_hours_rule) == (DistanceUnit.MILE, WorkingHoursRule.DAY)
    assert (shown.scheduling_profile, shown.currency, shown.version) == (None, "USD", 1)


# --- changes (ACC-19, ACC-25) -----------------------------------------------------------------------


@pytest.mark.rule("ACC-25")
def test_settings_are_seen_and_changed_with_the_permission_in_the_whole_company() -> None:
    world = World()
    change = ChangeSettings(changes={"edocs": True})
    view, modify = (Permission.SETTINGS, VIEW), (Permission.SETTINGS, MODIFY)

    assert denial(world, change, world.actor(view)) == "ACC-18"
    assert denial(world, change, world.actor(modify, at=world.provo.id)) == "ACC-25"
    assert world.do(change, SettingsView, by=world.actor(modify)).edocs is True
    assert hidden(world, ShowSettings(), world.actor(modify)) == "ACC-18"
    assert hidden(world, ShowSettings(), world.actor(view, at=world.provo.id)) == "ACC-25"
    assert world.ask(ShowSettings(), SettingsView, by=world.actor(view)).edocs is True


@pytest.mark.rule("ACC-19")
@pytest.mark.parametrize(("name", "value"), OTHERS.items(), ids=OTHERS)
def test_each_setting_is_changed_alone(name: str, value: object) -> None:
    world = World(duplicate_check=True)

    after = changed(world, **{name: value})

    assert getattr(after, name) == value
    assert all(getattr(after, other) == DEFAULTS[other] for other in DEFAULTS if other != name)


@pytest.mark.rule("ACC-19")
def test_all_settings_are_changed_together_and_back() -> None:
    world = World(duplicate_check=True)
    before = world.company.settings

    assert changed(world, **OTHERS) != before
    assert changed(world, **DEFAULTS, default_working_hours=before.default_working_hours) == before


@pytest.mark.rule("ACC-19")
def test_a_change_of_settings_is_in_the_history_with_what_it_was_and_is() -> None:
    world = World()
    world.execute(ChangeSettings(changes={"edocs": True, "grid_start": 420}), source=Source.WEB)

    with world.storage.reading(world.company.id) as unit:
        (entry,) = unit.history.of("company", world.company.id)

    (change,) = entry.changes
    assert (entry.actor, entry.source, entry.at, change.field) == (world.boss.id, Source.WEB, world.clock(), "settings")
    old, new = change.old, change.new
    assert isinstance(old, dict)
    assert isinstance(new, dict)
    differs = {name: (old[name], value) for name, value in new.items() if old[name] != value}
    assert differs == {"edocs": (False, True), "grid_start": (360, 420)}


@pytest.mark.rule("STO-04")
def test_settings_are_changed_at_the_version_that_was_read() -> None:
    world = World()
    world.execute(ChangeSettings(changes={"edocs": True}), expected_version=1)

    with pytest.raises(Stale):
        world.execute(ChangeSettings(changes={"edocs": False}), expected_version=1)

    assert world.ask(ShowSettings(), SettingsView).edocs is True


# --- values (ACC-19) --------------------------------------------------------------------------------


@pytest.mark.rule("ACC-19")
@pytest.mark.parametrize("name", ["no_such_setting", "", "version", "\0", "modes", "__class__"])
def test_what_is_no_setting_is_refused_by_its_name(name: str) -> None:
    refused = invalid(World(), {"edocs": True, name: True})

    assert (refused.code, refused.field, refused.rule) == ("setting.unknown", name, "ACC-19")


@pytest.mark.rule("ACC-19")
@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("grid_start", 385, "grid.invalid"),
        ("grid_start", -30, "grid.invalid"),
        ("grid_start", 10**400 * 30, "grid.invalid"),
        ("grid_end", 22 * 60 + 1, "grid.invalid"),
        ("grid_end", 24 * 60 + 30, "grid.invalid"),
        ("grid_end", 6 * 60, "grid.invalid"),
        ("grid_end", 0, "grid.invalid"),
        ("max_coverage_radius", -0.1, "radius.invalid"),
        ("max_coverage_radius", 20_040_001.0, "radius.invalid"),
        ("max_coverage_radius", float("nan"), "radius.invalid"),
        ("max_coverage_radius", float("inf"), "radius.invalid"),
        ("max_coverage_radius", 10**400, "radius.invalid"),
        ("scheduling_profile", (), "scheduling_profile.invalid"),
        ("scheduling_profile", (ListMode.IN_COVERAGE_AREA,) * 2, "scheduling_profile.invalid"),
        ("currency", "usd", "currency.invalid"),
        ("currency", "US", "currency.invalid"),
        ("currency", "USD\n", "currency.invalid"),
        ("currency", "\ud800SD", "currency.invalid"),
        ("default_on_site_note", "x" * 100_001, "text.too_long"),
        ("default_on_site_note", "a\0b", "text.invalid"),
        ("default_on_site_note", "\ud800", "text.invalid"),
    ],
)
def test_a_value_out_of_its_range_is_refused_by_its_field(field: str, value: object, code: str) -> None:
    world = World()

    refused = invalid(world, {field: value})

    assert (refused.code, refused.field) == (code, field)
    assert world.ask(ShowSettings(), SettingsView).version == 1


FITS: dict[str, tuple[object, ...]] = {
    "default_on_site_note": ("yes",),
    "currency": ("yes",),
    "scheduling_profile": (None, ()),
    "credit_bands": ((),),
    "sold_by": ((),),
    "sheet_footer": ("yes",),
    "sheet_leaves_out": ((),),
    "grid_start": (1,),
    "grid_end": (1,),
    "max_coverage_radius": (1, 1.5),
}


@pytest.mark.rule("ACC-19")
@pytest.mark.parametrize("field", [*DEFAULTS, "default_working_hours"])
def test_a_value_of_another_type_is_refused_by_its_field(field: str) -> None:
    values = (None, "yes", 1, 1.5, (), ("in_coverage_area",), b"", object())

    for value in (each for each in values if each not in FITS.get(field, ())):
        refused = invalid(World(), {field: value})
        assert (refused.code, refused.field, refused.rule) == ("setting.invalid", field, "ACC-19")


@pytest.mark.rule("ACC-19")
@pytest.mark.parametrize("field", ["grid_start", "grid_end", "max_coverage_radius"])
def test_yes_is_no_number(field: str) -> None:
    assert invalid(World(), {field: True}).code == "setting.invalid"


@pytest.mark.rule("ACC-19")
def test_the_grid_ends_after_it_begins_whichever_of_both_changes() -> None:
    world = World()

    assert invalid(world, {"grid_start": 22 * 60}).field == "grid_end"
    after = changed(world, grid_start=22 * 60, grid_end=24 * 60)
    assert (after.grid_start, after.grid_end) == (1320, 1440)


@pytest.mark.rule("ACC-19")
@pytest.mark.parametrize("radius", [0.0, 20_040_000.0, 100])
def test_a_radius_lies_between_nothing_and_half_the_way_around_the_earth(radius: float) -> None:
    assert changed(World(), max_coverage_radius=radius).max_coverage_radius == radius


@pytest.mark.rule("SCH-16")
def test_without_a_profile_all_list_modes_are_offered_and_with_one_those_in_its_order() -> None:
    world = World()

    assert world.company.settings.modes == tuple(ListMode)
    profile = (ListMode.IN_MAX_COVERAGE_AREA, ListMode.IN_OFFICE_LOCATION)
    assert changed(world, scheduling_profile=profile).modes == profile


BANDS = (CreditBand(grade="B", minimum=600), CreditBand(grade="A", minimum=700))


@pytest.mark.rule("ACC-19", "CUS-02")
def test_a_credit_score_has_the_letter_of_the_band_that_it_lies_in() -> None:
    settings = changed(World(), credit_bands=BANDS)

    assert [settings.credit_grade(score) for score in (None, 599, 600, 699, 700, 850)] == [
        None,
        None,
        "B",
        "B",
        "A",
        "A",
    ]


@pytest.mark.rule("ACC-19")
@pytest.mark.parametrize("other", [CreditBand(grade="A", minimum=800), CreditBand(grade="C", minimum=700)])
def test_no_two_credit_bands_share_a_grade_or_a_beginning(other: CreditBand) -> None:
    assert invalid(World(), {"credit_bands": (*BANDS, other)}).code == "credit_bands.invalid"


@pytest.mark.rule("ACC-19")
def test_the_sold_by_list_names_users_of_the_company_each_once() -> None:
    world = World()

    assert changed(world, sold_by=(world.sam.id, world.ann.id)).sold_by == (world.sam.id, world.ann.id)
    assert invalid(world, {"sold_by": (world.sam.id, world.sam.id)}).code == "sold_by.invalid"
    with pytest.raises(NotFound):
        world.execute(ChangeSettings(changes={"sold_by": (UserId(world.ids()),)}))
