"""The schema of profiles says what the reader says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from eligibility.dates import FIRST_YEAR, LAST_YEAR
from eligibility.diagnostics import ProfileRefused
from eligibility.money import UNITS, LiteralError, parse_money, parse_rate
from eligibility.profile import Profile
from eligibility.profile.catalogue import LISTS
from eligibility.profile.files import read_profile
from eligibility.profile.records import Company
from eligibility.profile.schema import YEAR_DIGITS, inlined_schema, money_pattern, profile_schema, rate_pattern
from eligibility.source import compose, plain, read_text

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.yaml"))
SCHEMA = profile_schema()
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def company(**facts):
    return {"company": facts}


ACCEPTED = [
    {},
    company(),
    {"years": None, "payments": []},
    company(name="一家公司", employees=120, areas=["yizhuang_new_town", "大兴区"]),
    company(name=360, employees="120", size="小型", track=None),
    company(credit_code="91110000600037341L"),
    company(credit_code="9111 0000-600037341l"),
    company(foreign_funded=True, moved_into_yizhuang="是", uses_digital_rnd="No"),
    company(activities=[], needs=["financing"]),
    company(registered_on="2020-02-29"),
    company(parent_rnd=0),
    company(parent_rnd=10**12),
    company(parent_rnd="3000000 rmb"),
    *(
        company(parent_rnd=amount)
        for amount in (
            "2000万元", "1.2亿元", "¥3,000,000", "3000000.00", "3 million yuan", "1.5 bn", "0.5元", "12分", "+7元",
            "人民币 20 万元", "1.234567万元", "1.20000元", "RMB 2 Million",
        )
    ),
    {"years": [{"year": 2022, "revenue": "1亿元"}, {"year": "2023"}]},
    {"projects": [{"share": "50%"}, {"share": 1}, {"share": "1:2"}, {"share": "0.5"}, {"share": "1000‰"}]},
    {"leases": [{"area": 18000, "year": 2023, "use": "研发"}, {}]},
    {"products": [{"technologies": ["无"]}], "payments": [{"clause": "p/c", "item": "products[0]", "amount": "1元"}]},
    {"payments": [{"clause": "p/c", "item": "none", "year": 2023}]},
]  # fmt: skip

REFUSED = [
    {"firm": {}},
    {"leases": {}},
    {"leases": [{"rent": 1}]},
    company(employee=3),
    company(employees=-1),
    company(employees=1.5),
    company(employees="a few"),
    company(employees=10**9 + 1),
    company(size="tiny"),
    company(areas="yizhuang_new_town"),
    company(areas=["rnd"]),
    company(areas=[None]),
    company(foreign_funded="perhaps"),
    company(foreign_funded=1),
    company(registered_on="2020-02-30"),
    company(registered_on="2020/02/03"),
    company(registered_on=2020),
    company(registered_on="1666-02-03"),
    company(name=""),
    company(name=["a"]),
    company(name="x" * 401),
    company(credit_code="12345"),
    company(parent_rnd=-1),
    company(parent_rnd=0.5),
    company(parent_rnd=10**12 + 1),
    *(
        company(parent_rnd=amount)
        for amount in ("-5万元", "many", "1.234元", "3000000rmb yuan元", "5万万", "1,00元", "", "2023-01-01")
    ),
    {"years": [{"revenue": 1}]},
    {"years": [{"year": None}]},
    {"years": [{"year": 1066}]},
    {"years": [{"year": "22"}]},
    {"projects": [{"share": share} for share in ("120%", "1.01", "1001‰", "half", 2, 0.5)]},
    {"projects": [None]},
    {"payments": [{"amount": 1}]},
    {"payments": [{"clause": "p/c", "item": "product[0]"}]},
    {"payments": [{"clause": "p/c", "item": "products[01]"}]},
    [],
    "company",
]


def is_read(raw):
    try:
        Profile.read(raw)
    except ProfileRefused:
        return False
    return True


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator.check_schema(inlined_schema())


@pytest.mark.parametrize("raw", ACCEPTED)
def test_what_is_read_is_valid(raw):
    assert is_read(raw)
    assert [error.message for error in VALIDATOR.iter_errors(raw)] == []


@pytest.mark.parametrize("raw", REFUSED)
def test_what_is_refused_is_not_valid(raw):
    assert not is_read(raw)
    assert not VALIDATOR.is_valid(raw)


@pytest.mark.parametrize("share", ["120%", "1.01", "1001‰", "half", 2, 0.5, -1, "3%%"])
def test_each_share_that_is_refused_is_not_valid(share):
    raw = {"projects": [{"share": share}]}
    assert not is_read(raw)
    assert not VALIDATOR.is_valid(raw)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_valid_as_written_and_as_plain_values(path):
    source = read_text(path)
    written = plain(source, compose(source), [])
    assert [error.message for error in VALIDATOR.iter_errors(written)] == []
    assert VALIDATOR.is_valid(json.loads(json.dumps(read_profile(str(path)).profile.to_dict())))


def test_there_are_examples():
    assert EXAMPLES


def test_every_fact_has_both_languages():
    for record in (Company, *LISTS.values()):
        shown = SCHEMA["$defs"][record.KIND]["properties"]
        assert list(shown) == list(record.FACTS)
        for name, fact in record.FACTS.items():
            assert {fact.label.zh, fact.label.en} == set(shown[name]["title"].split(" / ", 1))
            assert fact.question.zh in shown[name]["description"]
            assert fact.question.en in shown[name]["description"]


def test_the_inlined_schema_refers_to_nothing_and_says_the_same():
    inlined = inlined_schema()
    assert "$ref" not in json.dumps(inlined)
    validator = Draft202012Validator(inlined, format_checker=FormatChecker())
    assert all(validator.is_valid(raw) for raw in ACCEPTED)
    assert not any(validator.is_valid(raw) for raw in REFUSED)


# ---- patterns

_NUMBERS = ["0", "1", "12", "1,000", "1,00", "0.1", "1.23", "1.230", "0.001", "1.0000", "0.12345678"]
_BEFORE = ["", "¥", "￥ ", "RMB", "人民币", "+", "-", "¥-", "$", " "]
_AFTER = ["", " yuan", " RMB", "rmb", "yuan", " 元", "元"]


@given(
    st.sampled_from(_BEFORE),
    st.sampled_from(_NUMBERS),
    st.sampled_from(["", " "]),
    st.sampled_from([*UNITS, "Mio", "公斤"]),
    st.sampled_from(_AFTER),
)
def test_the_pattern_of_money_takes_what_the_reader_takes(before, number, space, unit, after):
    text = f"{before}{number}{space}{unit}{after}"
    assert matches(money_pattern(), text) == reads(parse_money, text)


@given(
    st.sampled_from(["0", "1", "50", "100", "0.5", "12.5", ".5", "1.", "-1"]),
    st.sampled_from(["", "%", " ％", "‰", ":2", "/3", "：4", ":", "%%"]),
)
def test_the_pattern_of_rates_takes_what_the_reader_takes(number, sign):
    text = number + sign
    assert matches(rate_pattern(), text) == reads(parse_rate, text)


def test_the_pattern_of_years_covers_the_calendar():
    assert all(matches(f"^{YEAR_DIGITS}$", str(year)) for year in range(FIRST_YEAR, LAST_YEAR + 1))
    assert not any(matches(f"^{YEAR_DIGITS}$", str(year)) for year in (FIRST_YEAR - 1, LAST_YEAR + 1))


def matches(pattern, text):
    return Draft202012Validator({"pattern": pattern}).is_valid(text)


def reads(read, text):
    try:
        read(text)
    except LiteralError as problem:
        return "is over" in str(problem)  # arithmetic is the reader's alone
    return True
