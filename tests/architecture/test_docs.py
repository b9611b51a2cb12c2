from tools.docs import stale


def test_the_rule_tables_are_what_the_code_says() -> None:
    assert [path.name for path in stale()] == [], "run make docs"
