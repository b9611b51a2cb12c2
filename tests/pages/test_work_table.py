"""
The work to perform of a work order, chosen on its page, in a browser.
"""

import pytest
from playwright.sync_api import Locator, Page, expect

from fieldops_core.company.model import Catalog
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.work_orders.messages import CancelWorkOrder, CreateEquipment, ShowWorkToPerform
from fieldops_core.work_orders.model import EquipmentStatus
from fieldops_core.work_orders.views import WorkTableView
from tests.support.browsing import assert_accessible
from tests.support.office import Office

pytestmark = pytest.mark.proof


@pytest.fixture
def order(office: Office) -> WorkOrderId:
    """
    Of Maria's, who has two sirens in place and a panel that is still to be installed.
    """
    for name, status in (("Siren", EquipmentStatus.INSTALLED), ("Panel", EquipmentStatus.NOT_INSTALLED)):
        item = office.entry(Catalog.EQUIPMENT, name)
        for place in ("Hall", "Attic") if name == "Siren" else ("Hall",):
            office.do(CreateEquipment(customer=office.maria, item=item, place=place, status=status), object)
    return office.work_order()


@pytest.fixture
def work(desk: Page, office: Office, order: WorkOrderId) -> Locator:
    """
    The table, being changed.
    """
    desk.goto(f"{office.path}/work_orders/{order}")
    work = desk.get_by_role("region", name="Work to perform")
    work.get_by_role("button", name="Choose work").click()
    expect(work.get_by_label("Install all")).to_be_focused()
    return work


def summary(office: Office, order: WorkOrderId) -> str:
    return office.ask(ShowWorkToPerform(work_order=order), WorkTableView).summary


@pytest.mark.rule("WEB-04", "EQP-03")
def test_a_header_box_sets_every_row_and_clears_the_opposite(
    work: Locator, desk: Page, office: Office, order: WorkOrderId
) -> None:
    work.get_by_label("Service all").check()
    expect(work.get_by_label("Service Siren")).to_have_count(2)
    for each in work.get_by_label("Service Siren").all():
        expect(each).to_be_checked()
    work.get_by_label("Install Panel").check()
    expect(work.get_by_label("Install all")).to_be_checked()
    assert_accessible(desk)
    work.get_by_label("Remove all").check()
    expect(work.get_by_label("Service all")).not_to_be_checked()
    expect(work.get_by_label("Remove all")).to_be_focused()
    expect(work).to_contain_text("Install: 1, Remove: 2")
    assert summary(office, order) == ""
    work.get_by_role("button", name="Save work").click()

    expect(work.get_by_role("heading", name="Install: 1, Remove: 2")).to_be_visible()
    assert summary(office, order) == "Install: 1, Remove: 2"


@pytest.mark.rule("WEB-04", "EQP-02")
def test_remove_drops_what_goes_not_with_it_and_cancel_keeps_all(
    work: Locator, office: Office, order: WorkOrderId
) -> None:
    work.get_by_label("Service Siren").first.check()
    work.get_by_label("Remove Siren").first.check()
    expect(work.get_by_label("Service Siren").first).not_to_be_checked()
    expect(work.get_by_label("Remove Siren").first).to_be_focused()
    work.get_by_role("button", name="Cancel").click()

    expect(work.get_by_role("checkbox")).to_have_count(0)
    expect(work.get_by_role("button", name="Choose work")).to_be_focused()
    assert summary(office, order) == ""


@pytest.mark.rule("WEB-04", "WOR-04")
def test_what_was_locked_meanwhile_is_told(work: Locator, office: Office, order: WorkOrderId) -> None:
    work.get_by_label("Service all").check()
    expect(work.get_by_label("Service Siren").first).to_be_checked()
    office.do(CancelWorkOrder(work_order=order), object, version=1)
    work.get_by_role("button", name="Save work").click()

    expect(work.get_by_role("alert")).to_have_text("Somebody changed it meanwhile. Load the page again.")
    assert summary(office, order) == ""


@pytest.mark.rule("WEB-04", "WOR-04")
def test_a_closed_work_orders_table_is_read_alone(desk: Page, office: Office, order: WorkOrderId) -> None:
    office.do(CancelWorkOrder(work_order=order), object, version=1)
    desk.goto(f"{office.path}/work_orders/{order}")

    expect(desk.get_by_role("region", name="Work to perform")).to_contain_text("Siren")
    expect(desk.get_by_role("button", name="Choose work")).to_have_count(0)


@pytest.mark.rule("WEB-04", "EQP-02")
def test_boxes_ticked_one_after_the_other_are_all_kept(work: Locator, desk: Page) -> None:
    desk.evaluate(
        """for (const name of ["Service Siren", "Install Panel"])
            document.querySelector(`#work-section input[aria-label="${name}"]`).click()"""
    )
    expect(work.get_by_label("Install Panel")).to_be_checked()
    expect(work.get_by_label("Service Siren").first).to_be_checked()
