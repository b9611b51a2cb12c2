"""
The pages by which people come in, in a browser.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browsing import assert_accessible
from tests.support.office import PASSWORD, Office


@pytest.mark.rule("WEB-07")
def test_somebody_logs_in_and_out(stranger: Page, office: Office) -> None:
    office.give_password(office.dan)
    stranger.goto(f"{office.path}/login")
    stranger.get_by_label("Email address").fill(office.dan.email)
    stranger.get_by_label("Password").fill(PASSWORD)
    stranger.get_by_role("button", name="Log in").click()

    expect(stranger.get_by_role("banner")).to_contain_text("Dan Dispatch")
    assert_accessible(stranger)
    stranger.get_by_role("button", name="Log out").click()
    expect(stranger).to_have_title("Log in · fieldops")
