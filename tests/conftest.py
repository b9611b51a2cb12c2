"""
What holds for every test. The parts are in tests/plugins, one each.
"""

import pytest

# Assertions in shared helpers and in the published suites explain themselves as those in tests do.
pytest.register_assert_rewrite("fieldops_core.testing", "tests.support")

pytest_plugins = ["tests.plugins.examples", "tests.plugins.no_skips", "tests.plugins.postgresql"]
