import pytest
from hypothesis import given

from fieldops_core.kernel.contact import CANADIAN_PROVINCES, US_STATES, Address, Email, Phone, PostalCode
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.testing.phones import PlainPhones
from fieldops_core.testing.strategies import addresses, emails, postal_codes


@pytest.mark.parametrize("number", ["+18015550100", "+1234567", "+123456789012345"])
def test_a_telephone_number_is_in_its_international_form(number: str) -> None:
    assert Phone(number).number == number


@pytest.mark.parametrize(
    "number",
    [
        "",
        "8015550100",
        "+0801555010",
        "+123456",
        "+1234567890123456",
        "+1 801 555 0100",
        "+1801555O100",
        "+١٢٣٤٥٦٧",
        "+18015550100\n",
    ],
)
def test_what_is_no_telephone_number_is_refused(number: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        Phone(number)

    assert (refused.value.code, refused.value.field) == ("phone.invalid", "phone")


@pytest.mark.parametrize("text", ["801-555-0100", "(801) 555 0100", "8015550100", "+1 801 555 0100"])
def test_tests_read_numbers_of_north_america(text: str) -> None:
    assert PlainPhones().parse(text, country="US") == Phone("+18015550100")


@pytest.mark.parametrize("text", ["", "555-0100", "18015550100", "call me", "+", "+1"])
def test_tests_refuse_what_is_no_number(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        PlainPhones().parse(text, country="US")

    assert (refused.value.code, refused.value.field) == ("phone.invalid", "phone")


@given(email=emails())
def test_an_address_is_the_same_however_its_host_is_written(email: Email) -> None:
    name, _, host = email.address.rpartition("@")

    assert Email(f"{name}@{host.upper()}") == Email(f"  {email.address} ") == email
    assert host == host.lower()


@pytest.mark.parametrize(
    "address", ["Ann@example.com", "ann+test@mail.example.co", "o'neil@example.org", "é@exämple.de"]
)
def test_an_address_keeps_the_letters_of_its_name(address: str) -> None:
    assert Email(address).address == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ann",
        "ann@",
        "@example.com",
        "ann@example",
        "ann@@example.com",
        "ann b@example.com",
        "ann@exa mple.com",
        ".ann@example.com",
        "a..b@example.com",
        "ann@example..com",
        "ann@-example.com",
        "ann@example.1",
        "ann\n@example.com",
        "ann@example.com\nbcc: x@example.com",
        f"{'a' * 65}@example.com",
    ],
)
def test_what_is_no_email_address_is_refused(address: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        Email(address)

    assert refused.value.code == "email.invalid"


@pytest.mark.parametrize(("address", "code"), [("a\0@example.com", "text.invalid"), (f"{'a@' * 200}", "text.too_long")])
def test_an_address_is_a_text_of_bounded_length(address: str, code: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        Email(address)

    assert (refused.value.code, refused.value.field) == (code, "email")


@pytest.mark.rule("CUS-03")
@pytest.mark.parametrize(
    ("text", "code", "country"),
    [
        ("84601", "84601", "US"),
        (" 84601-1234 ", "84601-1234", "US"),
        ("00501", "00501", "US"),
        ("K1A 0B1", "K1A 0B1", "CA"),
        ("k1a0b1", "K1A 0B1", "CA"),
    ],
)
def test_a_postal_code_is_written_in_one_way(text: str, code: str, country: str) -> None:
    assert (PostalCode(text).code, PostalCode(text).country) == (code, country)


@pytest.mark.rule("CUS-03")
@pytest.mark.parametrize(
    "text", ["22", "", "846011", "84601-", "84601-12", "8460A", "٨٤٦٠١", "K1A-0B1", "D1A 0B1", "K1A 0B", "SW1A 1AA"]
)
def test_what_is_no_postal_code_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        PostalCode(text)

    assert (refused.value.code, refused.value.rule, refused.value.facts) == (
        "postal_code.invalid",
        "CUS-03",
        {"code": text},
    )


@given(code=postal_codes())
def test_a_postal_code_says_whose_it_is(code: PostalCode) -> None:
    assert code.country == ("US" if code.code[:5].isdigit() else "CA")
    assert PostalCode(code.code.lower()) == code


@given(address=addresses())
def test_an_address_lies_in_the_country_of_its_state(address: Address) -> None:
    assert address.country == (
        "US" if address.state in US_STATES else "CA" if address.state in CANADIAN_PROVINCES else None
    )
    if address.country and address.postal_code:
        assert address.postal_code.country == address.country


def test_an_address_is_tidied() -> None:
    address = Address(line1=" 100 Center St ", city=" Provo", state="ut")

    assert (address.line1, address.city, address.state) == ("100 Center St", "Provo", "UT")


@pytest.mark.rule("CUS-03")
def test_a_state_that_nobody_knows_is_refused() -> None:
    with pytest.raises(InvalidValue) as refused:
        Address(state="ZZ")

    assert (refused.value.code, refused.value.field) == ("state.unknown", "state")


@pytest.mark.rule("CUS-03")
@pytest.mark.parametrize(("state", "code"), [("UT", "K1A 0B1"), ("ON", "84601")])
def test_a_postal_code_of_the_other_country_is_refused(state: str, code: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        Address(state=state, postal_code=PostalCode(code))

    assert refused.value.code == "postal_code.other_country"


@pytest.mark.rule("CUS-03")
def test_without_a_state_a_zip_code_has_five_digits() -> None:
    assert Address(postal_code=PostalCode("84601")).country is None
    with pytest.raises(InvalidValue) as refused:
        Address(postal_code=PostalCode("84601-1234"))

    assert refused.value.code == "postal_code.invalid"
