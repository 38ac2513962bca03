"""Profiles from plain values: each kind of bad input with its whole text; absent, null and empty; round trips."""

from __future__ import annotations

import copy
import math
import pickle
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import BaseModel, TypeAdapter, ValidationError

from eligibility import Profile, Rulebook, check
from eligibility.diagnostics import ProfileRefused
from eligibility.money import Rate
from eligibility.profile.records import Lease
from eligibility.testing import profiles

MONEY_HELP = "help: write an amount such as `2000万元`, `1.2亿元`, `¥3,000,000` or `3000000.00` (yuan)"
RATE_HELP = "help: write a rate such as `50%`, `5‰`, `0.5` or `1:1`"
DATE_HELP = "help: write a date of the calendar as year-month-day, such as `2023-06-30`"
FLOAT_HELP = "help: a binary float cannot carry money or rates exactly: write it in quotes or as a whole number"
COUNT_HELP = "help: write a whole number from 0 to 1000000000"
YEAR_HELP = "help: write a whole number from 1900 to 2200"
TRUTH_HELP = "help: write `true` or `false`"
TEXT_HELP = "help: write at most 400 characters"
CODE = "91110000600037341L"  # the published example code of GB 32100-2015


def refusal(raw):
    with pytest.raises(ProfileRefused) as caught:
        Profile.read(raw)
    return str(caught.value)


def company(**facts):
    return {"company": facts}


def of_company(**facts):
    """Give what refuses facts of a company."""
    return refusal(company(**facts))


# ---- keys


def test_an_unknown_key_offers_the_nearest_name():
    assert (
        of_company(employes=5) == "error[unknown-key]: `company.employes` is no fact\nhelp: did you mean `employees`?"
    )
    assert refusal({"lease": []}) == "error[unknown-key]: `lease` is no fact\nhelp: did you mean `leases`?"
    assert refusal({"leases": [{"rent": 5}, {"rentpaid": 5}]}) == (
        "error[unknown-key]: `leases[0].rent` is no fact\n"
        "help: known here: year, in_yizhuang, use, rent_paid, area, state_owned_landlord, in_daxing, lawful_papers, "
        "guidance_rent, premises, second_quarter_rent\n\n"
        "error[unknown-key]: `leases[1].rentpaid` is no fact\n"
        "help: did you mean `rent_paid`?"
    )


def test_an_unknown_key_without_a_near_name_lists_what_is_known():
    assert refusal({"shareholders": []}) == (
        "error[unknown-key]: `shareholders` is no fact\n"
        "help: known here: company, years, projects, products, trials, leases, investments, talents, payments"
    )


def test_derived_facts_are_not_for_filling_in():
    assert "`company.age_months` is no fact" in of_company(age_months=5)


# ---- shapes


@pytest.mark.parametrize("raw", [None, [], "a company", 5, [{"company": {}}]])
def test_what_is_no_mapping_is_no_profile(raw):
    assert refusal(raw) == (
        "error[shape]: this is not a profile\nhelp: a profile has `company:` and lists such as `leases:`"
    )


@pytest.mark.parametrize("raw", [[], "Acme", 5, True])
def test_a_company_must_be_a_mapping(raw):
    assert refusal({"company": raw}) == (
        "error[shape]: `company` is not a mapping\nhelp: write `name: value` pairs below it"
    )


@pytest.mark.parametrize("raw", [{}, "none", 0, {"year": 2023}])
def test_a_list_must_be_a_list(raw):
    assert refusal({"leases": raw}) == (
        "error[shape]: `leases` is not a list\nhelp: write a list; `[]` says that there are none"
    )


@pytest.mark.parametrize("raw", [None, [], "a", 5])
def test_an_entry_of_a_list_must_be_a_mapping(raw):
    assert refusal({"leases": [{}, raw]}) == (
        "error[shape]: `leases[1]` is not a mapping\nhelp: write `name: value` pairs below it"
    )


def test_keys_that_are_no_text_are_refused():
    assert refusal({"company": {5: 1}}) == "error[shape]: `company[5]` cannot be read\nhelp: see `eligibility facts`"


# ---- money


@pytest.mark.parametrize(
    ("raw", "fen"),
    [(0, 0), (3_000_000, 300_000_000), ("3000000.00", 300_000_000), ("300万元", 300_000_000), (10**12, 10**14)],
)
def test_money_is_read_exactly(raw, fen):
    assert Profile.read(company(parent_rnd=raw)).company.parent_rnd == fen


@pytest.mark.parametrize(
    ("raw", "message", "help_"),
    [
        (-1, "`-1` is negative", "help: an amount of money is 0 or more"),
        ("-0.01", "`-0.01` is negative", "help: an amount of money is 0 or more"),
        ("0.001", "`0.001` is finer than a fen", "help: give at most two decimals of a yuan"),
        (
            10**12 + 1,
            "`1000000000001` is over 1000000000000 yuan",
            "help: check the unit: the largest amount is `10000亿元`",
        ),
        pytest.param(
            10**5000,
            "`…` is over 1000000000000 yuan",
            "help: check the unit: the largest amount is `10000亿元`",
            id="endless",
        ),
        ("NaN", "`NaN` is not an amount of money", MONEY_HELP),
        ("lots", "`lots` is not an amount of money", MONEY_HELP),
        ("", "`` is not an amount of money", MONEY_HELP),
        (True, "`true` is not an amount of money", MONEY_HELP),
        ([5], "`[…]` is not an amount of money", MONEY_HELP),
        ({"low": 1}, "`{…}` is not an amount of money", MONEY_HELP),
        (date(2023, 6, 30), "`2023-06-30` is not an amount of money", MONEY_HELP),
        (0.1, "`0.1` is not an amount of money", FLOAT_HELP),
        (3000000.0, "`3000000.0` is not an amount of money", FLOAT_HELP),
        (math.nan, "`nan` is not an amount of money", FLOAT_HELP),
        (math.inf, "`inf` is not an amount of money", FLOAT_HELP),
    ],
)
def test_what_is_no_amount_is_refused(raw, message, help_):
    assert of_company(parent_rnd=raw) == f"error[value]: `company.parent_rnd`: {message}\n{help_}"


# ---- rates


def test_a_rate_is_a_reduced_fraction():
    assert Profile.read({"projects": [{"share": "50%"}]}).projects[0].share == Rate(1, 2)
    assert Profile.read({"projects": [{"share": 1}]}).projects[0].share == Rate(1, 1)
    assert Profile.read({"projects": [{"share": "100%"}]}).projects[0].share == Rate(1, 1)


@pytest.mark.parametrize(
    ("raw", "message", "help_"),
    [
        ("101%", "`101%` is over 100%", "help: this rate is a share: at most `100%`"),
        ("3:2", "`3:2` is over 100%", "help: this rate is a share: at most `100%`"),
        (2, "`2` is over 100%", "help: this rate is a share: at most `100%`"),
        (0.5, "`0.5` is not a rate", FLOAT_HELP),
        (math.nan, "`nan` is not a rate", FLOAT_HELP),
        ("half", "`half` is not a rate", RATE_HELP),
        ("-5%", "`-5%` is not a rate", RATE_HELP),
        (-1, "`-1` is not a rate", RATE_HELP),
        ("1:0", "`1:0` divides by zero", RATE_HELP),
        ("0.00001", "`0.00001` is too fine a rate", "help: both parts of the reduced fraction are at most 10000"),
        (True, "`true` is not a rate", "help: write a rate such as `50%`"),
    ],
)
def test_what_is_no_share_is_refused(raw, message, help_):
    assert refusal({"projects": [{"share": raw}]}) == f"error[value]: `projects[0].share`: {message}\n{help_}"


# ---- counts and years


@pytest.mark.parametrize(("raw", "number"), [(0, 0), (299, 299), ("299", 299), (" 0299 ", 299), (10**9, 10**9)])
def test_a_count_is_a_whole_number(raw, number):
    assert Profile.read(company(employees=raw)).company.employees == number


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (-1, "`-1` is outside 0 to 1000000000"),
        (10**9 + 1, "`1000000001` is outside 0 to 1000000000"),
        pytest.param(10**5000, "`…` is outside 0 to 1000000000", id="endless"),
        ("9" * 5000, f"`{'9' * 57}…` is not a whole number"),
        ("-1", "`-1` is not a whole number"),
        (2.0, "`2.0` is not a whole number"),
        ("2.5", "`2.5` is not a whole number"),
        ("120人", "`120人` is not a whole number"),
        ("", "`` is not a whole number"),
        (True, "`true` is not a whole number"),
        ([], "`[…]` is not a whole number"),
    ],
)
def test_what_is_no_count_is_refused(raw, message):
    assert of_company(employees=raw) == f"error[value]: `company.employees`: {message}\n{COUNT_HELP}"


@pytest.mark.parametrize("year", [1899, 2201, 23])
def test_a_year_no_rule_can_mean_is_refused(year):
    assert refusal({"leases": [{"year": year}]}) == (
        f"error[value]: `leases[0].year`: `{year}` is outside 1900 to 2200\n{YEAR_HELP}"
    )


# ---- dates, truth values, words, texts


def test_a_date_is_read_from_text_or_a_date():
    assert Profile.read(company(registered_on="2024-02-29")).company.registered_on == date(2024, 2, 29)
    assert Profile.read(company(registered_on=date(2024, 2, 29))).company.registered_on == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("2023-02-30", "`2023-02-30` is no day of the calendar"),
        ("2023-02-29", "`2023-02-29` is no day of the calendar"),
        ("2023-6-30", "`2023-6-30` is not a date"),
        ("yesterday", "`yesterday` is not a date"),
        (20230630, "`20230630` is not a date"),
        ("1899-12-31", "`1899-12-31` is outside the years 1900 to 2200"),
        (date(2201, 1, 1), "`2201-01-01` is outside the years 1900 to 2200"),
        (datetime(2023, 6, 30), "`2023-06-30 00:00:00` is not a date"),  # noqa: DTZ001 - a naive one is the point
        (True, "`true` is not a date"),
    ],
)
def test_what_is_no_date_is_refused(raw, message):
    assert of_company(registered_on=raw) == f"error[value]: `company.registered_on`: {message}\n{DATE_HELP}"


@pytest.mark.parametrize(
    ("raw", "truth"),
    [
        (True, True),
        ("yes", True),
        ("True", True),
        ("是", True),
        ("有", True),
        (False, False),
        ("no", False),
        ("否", False),
        ("无", False),
    ],
)
def test_a_truth_value_may_be_written_as_people_write_it(raw, truth):
    assert Profile.read(company(foreign_funded=raw)).company.foreign_funded is truth


@pytest.mark.parametrize(
    ("raw", "shown"), [(0, "0"), (1, "1"), ("maybe", "maybe"), ("", ""), ("y", "y"), ([], "[…]"), (1.0, "1.0")]
)
def test_what_is_no_truth_value_is_refused(raw, shown):
    message = f"error[value]: `company.foreign_funded`: `{shown}` is neither true nor false\n{TRUTH_HELP}"
    assert of_company(foreign_funded=raw) == message


def test_a_word_of_an_enumeration_may_be_written_in_chinese():
    read = Profile.read({"company": {"size": "小型", "areas": ["亦庄新城", "daxing"], "track": "高端医疗装备"}}).company
    assert read.size == "small"
    assert read.areas == {"yizhuang_new_town", "daxing"}
    assert read.track == "high_end_medical_equipment"


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (
            {"size": "smal"},
            "error[value]: `company.size`: `smal` is no value of `company.size`\nhelp: did you mean `small`?",
        ),
        (
            {"size": "Small"},
            "error[value]: `company.size`: `Small` is no value of `company.size`\nhelp: did you mean `small`?",
        ),
        (
            {"size": "tiny"},
            (
                "error[value]: `company.size`: `tiny` is no value of `company.size`\n"
                "help: one of: micro, small, medium, large"
            ),
        ),
        (
            {"size": 5},
            "error[value]: `company.size`: `5` is no value of `company.size`\nhelp: one of: micro, small, medium, large",
        ),
        (
            {"size": ["small"]},
            (
                "error[value]: `company.size`: `[…]` is no value of `company.size`\n"
                "help: one of: micro, small, medium, large"
            ),
        ),
        (
            {"activities": ["rnd", "produktion"]},
            (
                "error[value]: `company.activities`: `produktion` is no value of `company.activities`\n"
                "help: did you mean `production`?"
            ),
        ),
        (
            {"activities": [None]},
            (
                "error[value]: `company.activities`: `null` is no value of `company.activities`\n"
                "help: one of: rnd, production, service, sales"
            ),
        ),
        (
            {"activities": "rnd"},
            "error[value]: `company.activities`: `rnd` is not a list\nhelp: write a list, such as `[rnd]`",
        ),
        (
            {"activities": {"rnd": True}},
            "error[value]: `company.activities`: `{…}` is not a list\nhelp: write a list, such as `[rnd]`",
        ),
    ],
)
def test_a_word_outside_an_enumeration_is_refused(facts, text):
    assert of_company(**facts) == text


def test_a_set_of_words_may_be_given_in_any_order_and_twice():
    assert Profile.read(company(activities=["rnd", "sales", "研发"])) == Profile.read(
        company(activities=("sales", "rnd"))
    )


@pytest.mark.parametrize(
    ("raw", "message", "help_"),
    [
        ("", "`` is not a text", TEXT_HELP),
        ("  ", "`  ` is not a text", TEXT_HELP),
        ("x" * 401, f"`{'x' * 57}…` is not a text", TEXT_HELP),
        (["Acme"], "`[…]` is not a text", TEXT_HELP),
        (1.5, "`1.5` is not a text", TEXT_HELP),
        ("\x1b[31mred", "`\ufffd[31mred` holds a character that cannot be shown", "help: leave control characters out"),
        ("half \ud83d", "`half ?` holds a character that cannot be shown", "help: leave control characters out"),
    ],
)
def test_what_is_no_text_is_refused(raw, message, help_):
    assert of_company(name=raw) == f"error[value]: `company.name`: {message}\n{help_}"


def test_a_name_may_be_a_number_or_in_any_script():
    assert Profile.read(company(name=360)).company.name == "360"
    assert (
        Profile.read(company(name="北京　星澜 🧪 GmbH & Co. \u00a0KG")).company.name
        == "北京　星澜 🧪 GmbH & Co. \u00a0KG"
    )
    assert Profile.read(company(name="x" * 400)).company.name == "x" * 400


# ---- the credit code


def test_a_credit_code_is_read_in_capitals():
    assert Profile.read(company(credit_code=CODE)).company.credit_code == CODE
    assert Profile.read(company(credit_code=f" {CODE.lower()} ")).company.credit_code == CODE


@pytest.mark.parametrize("code", [CODE[:-1] + "M", "91110000600037341" + "0", "92" + CODE[2:]])
def test_a_credit_code_with_a_wrong_check_character_is_refused(code):
    assert of_company(credit_code=code) == (
        f"error[value]: `company.credit_code`: `{code}` has a wrong check character\n"
        "help: compare it with the business licence"
    )


@pytest.mark.parametrize("code", [CODE[:-1], CODE + "0", "9111000060003734IL", "not a code"])
def test_what_is_no_credit_code_is_refused(code):
    assert of_company(credit_code=code) == (
        f"error[value]: `company.credit_code`: `{code}` is no unified social credit code\nhelp: it has 18 characters"
    )


# ---- what spans several fields


def test_a_year_given_twice_is_refused():
    assert refusal({"years": [{"year": 2022}, {"year": 2023}, {"year": 2022, "revenue": 5}]}) == (
        "error[value]: `years[2].year`: `2022` stands in `years[0]` already\nhelp: keep one entry for each year"
    )


def test_a_year_without_its_year_is_refused():
    assert refusal({"years": [{"revenue": 5}]}) == (
        "error[value]: `years[0]`: an entry of `years` must say its `year`\nhelp: write `year: 2023`"
    )


def test_a_payment_must_name_its_clause():
    assert refusal({"payments": [{"amount": 5}]}) == (
        "error[value]: `payments[0]`: a payment must name its `clause`\n"
        "help: write `clause: policy-id/clause-id`, as `eligibility rules list` shows it"
    )


@pytest.mark.parametrize("same", [{}, {"year": 2023}, {"item": "leases[0]"}, {"item": "none", "year": 2023}])
def test_two_payments_that_contradict_are_refused(same):
    one = {"clause": "devices/rent", **same}
    assert refusal(
        {"leases": [{}], "payments": [one | {"amount": 5}, {"clause": "devices/tax"}, one | {"amount": 6}]}
    ) == (
        "error[value]: `payments[2]`: contradicts `payments[0]`: same clause, item and year\n"
        "help: give one payment for each clause, item and year: the sum received"
    )


@pytest.mark.parametrize("other", [{"year": 2022}, {"item": "none"}, {"clause": "devices/tax"}, {"item": "leases[1]"}])
def test_payments_that_differ_in_clause_item_or_year_stand_side_by_side(other):
    one = {"clause": "devices/rent", "item": "leases[0]", "year": 2023, "amount": 5}
    assert len(Profile.read({"leases": [{}, {}], "payments": [one, one | other]}).payments) == 2


@pytest.mark.parametrize(
    ("item", "message", "help_"),
    [
        ("leases[2]", "there is no `leases[2]`", "`leases` has 2 entries, counted from 0"),
        ("trials[0]", "there is no `trials[0]`", "`trials` has 0 entries, counted from 0"),
        (
            "lease[0]",
            "`lease[0]` names no item",
            "write the list and the place from 0, such as `projects[0]`, or `none`",
        ),
        (
            "years[0]",
            "`years[0]` names no item",
            "write the list and the place from 0, such as `projects[0]`, or `none`",
        ),
        (
            "payments[0]",
            "`payments[0]` names no item",
            "write the list and the place from 0, such as `projects[0]`, or `none`",
        ),
        (
            "leases[-1]",
            "`leases[-1]` names no item",
            "write the list and the place from 0, such as `projects[0]`, or `none`",
        ),
        (
            "leases[01]",
            "`leases[01]` names no item",
            "write the list and the place from 0, such as `projects[0]`, or `none`",
        ),
        ("leases", "`leases` names no item", "write the list and the place from 0, such as `projects[0]`, or `none`"),
        (0, "`0` names no item", "write the list and the place from 0, such as `projects[0]`, or `none`"),
    ],
)
def test_a_payment_for_no_item_is_refused(item, message, help_):
    raw = {"leases": [{}, {}], "trials": [], "payments": [{"clause": "devices/rent", "item": item}]}
    assert refusal(raw) == f"error[value]: `payments[0].item`: {message}\nhelp: {help_}"


def test_a_payment_may_name_an_item_of_an_unknown_list():
    assert Profile.read({"payments": [{"clause": "a/b", "item": "leases[7]"}]}).payments[0].item == "leases[7]"


def test_the_sum_of_a_fact_over_its_items_stays_within_the_range():
    half = "500000000000"
    assert Profile.read({"leases": [{"rent_paid": half}, {"rent_paid": half}]})
    assert refusal({"leases": [{"rent_paid": half}, {"rent_paid": half}, {}, {"rent_paid": "0.01"}]}) == (
        "error[value]: `leases`: the sum of `rent_paid` is over 1000000000000 yuan\n"
        "help: check the units of these amounts"
    )
    assert "`payments`: the sum of `amount` is over" in refusal(
        {"payments": [{"clause": "a/b", "amount": half, "year": year} for year in (2021, 2022, 2023)]}
    )


def test_years_are_never_added_up():
    assert (
        len(Profile.read({"years": [{"year": 2022, "revenue": 10**12}, {"year": 2023, "revenue": 10**12}]}).years) == 2
    )


def test_everything_wrong_is_said_at_once():
    text = refusal({"company": {"size": "tiny", "employees": -1, "nam": "x"}, "leases": [{"use": "home"}], "years": 5})
    assert [line for line in text.splitlines() if line.startswith("error")] == [
        "error[value]: `company.employees`: `-1` is outside 0 to 1000000000",
        "error[unknown-key]: `company.nam` is no fact",
        "error[value]: `company.size`: `tiny` is no value of `company.size`",
        "error[value]: `leases[0].use`: `home` is no value of `lease.use`",
        "error[shape]: `years` is not a list",
    ]


def test_a_hundred_findings_are_shown_and_the_rest_counted():
    text = refusal({"leases": [{"use": "home"}] * 250})
    assert text.count("error[value]") == 100
    assert text.endswith("\n\n… and 150 more")


# ---- absent, null and empty


def test_absent_and_null_are_unknown_and_an_empty_list_is_none():
    absent, null, empty = Profile.read({}), Profile.read({"leases": None}), Profile.read({"leases": []})
    assert (absent.leases, null.leases, empty.leases) == (None, None, ())
    assert absent == null
    assert absent != empty


def test_nothing_is_assumed_of_a_company_that_says_nothing():
    for raw in ({}, {"company": None}, {"company": {}}):
        read = Profile.read(raw)
        assert list(read.company.known()) == []
        assert (read.company.employees, read.company.foreign_funded, read.years, read.payments) == (
            None,
            None,
            None,
            None,
        )


def test_an_empty_set_of_words_is_known_to_be_empty():
    assert Profile.read(company(areas=[])).company.areas == frozenset()
    assert Profile.read(company(areas=[])) != Profile.read(company(areas=None))


def test_zero_and_false_are_known():
    read = Profile.read(company(employees=0, foreign_funded=False)).company
    assert dict(read.known()) == {"employees": 0, "foreign_funded": False}


# ---- round trips


WHOLE = {
    "company": {
        "name": "北京某公司", "credit_code": CODE, "registered_on": "2021-05-01", "areas": ["etown_core", "daxing"],
        "size": "small", "employees": 5, "foreign_funded": False, "parent_rnd": "1.2亿元",
    },
    "years": [{"year": 2022, "revenue": "3000000.05"}, {"year": 2023}],
    "projects": [{"share": "1:3", "partners": []}],
    "products": [],
    "leases": [{"year": 2023, "rent_paid": 5, "use": "研发"}],
    "payments": [{"clause": "devices/rent", "item": "leases[0]", "year": 2023, "amount": "1万元"}],
}  # fmt: skip


def test_a_profile_is_given_as_plain_values():
    assert Profile.read(WHOLE).to_dict() == {
        "company": {
            "name": "北京某公司", "credit_code": CODE, "registered_on": "2021-05-01", "areas": ["daxing", "etown_core"],
            "employees": 5, "size": "small", "foreign_funded": False, "parent_rnd": "120000000.00",
        },
        "years": [{"year": 2022, "revenue": "3000000.05"}, {"year": 2023}],
        "projects": [{"partners": [], "share": "1/3"}],
        "products": [],
        "leases": [{"year": 2023, "use": "rnd", "rent_paid": "5.00"}],
        "payments": [{"clause": "devices/rent", "item": "leases[0]", "year": 2023, "amount": "10000.00"}],
    }  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(profile=profiles(on=date(2023, 6, 30)))
def test_plain_values_pickles_and_copies_give_an_equal_profile(profile):
    assert Profile.read(profile.to_dict()) == profile
    assert pickle.loads(pickle.dumps(profile)) == profile
    assert copy.deepcopy(profile) == profile
    assert hash(pickle.loads(pickle.dumps(profile))) == hash(profile)
    assert Profile.read(profile) == profile


def test_a_profile_cannot_be_changed():
    read = Profile.read(WHOLE)
    with pytest.raises(AttributeError, match="a Company cannot be changed; read a new one"):
        read.company.name = "other"
    with pytest.raises(AttributeError, match="a Profile cannot be changed; read a new one"):
        read.leases = ()
    with pytest.raises(AttributeError):
        read.company.colour = "red"


def test_profiles_are_compared_by_what_they_say():
    assert Profile.read(WHOLE) == Profile.read(copy.deepcopy(WHOLE))
    assert Profile.read(WHOLE) != Profile.read(WHOLE | {"years": []})
    assert Profile.read(company(name="a")).company != Profile.read({"leases": [{}]}).leases[0]
    assert repr(Profile.read(company(name="a", employees=0))) == "Profile(company=Company(name='a', employees=0))"
    assert type(Profile.read({"leases": [{}]}).leases[0]) is Lease


# ---- inside other pydantic models


class Application(BaseModel):
    number: int
    profile: Profile


def test_a_type_adapter_takes_profiles():
    adapter = TypeAdapter(Profile)
    assert adapter.validate_python(WHOLE) == Profile.read(WHOLE)
    assert adapter.validate_json('{"company": {"employees": 5, "size": "小型"}}').company.size == "small"
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python(company(employees=-1))
    (error,) = caught.value.errors()
    assert error["loc"] == ("company", "employees")
    assert error["msg"] == "`-1` is outside 0 to 1000000000; write a whole number from 0 to 1000000000"


def test_a_model_can_hold_a_profile():
    application = Application(number=1, profile=company(name="Acme"))
    assert application.profile == Profile.read(company(name="Acme"))
    assert Application(number=1, profile=application.profile).profile == application.profile
    with pytest.raises(ValidationError) as caught:
        Application(number=1, profile={"leases": [{"rent_paid": 0.1}], "x": 1})
    assert {error["loc"] for error in caught.value.errors()} == {
        ("profile", "leases", 0, "rent_paid"),
        ("profile", "x"),
    }
    assert "rent_paid" in str(Application.model_json_schema())


# ---- what only the date of assessment and the rulebook can tell


@pytest.fixture(scope="module")
def rulebook():
    return Rulebook.load()


def unfit(rulebook, raw, on="2023-06-30"):
    with pytest.raises(ProfileRefused) as caught:
        check(Profile.read(raw), rulebook, on=date.fromisoformat(on), engine="kleene")
    return str(caught.value)


def test_a_date_of_something_past_must_not_lie_after_the_day(rulebook):
    raw = {
        "company": {"registered_on": "2023-07-01", "registered_in_yizhuang_on": "2023-07-02"},
        "products": [{"milestone_on": "2023-06-30"}, {"milestone_on": "2023-07-01"}],
        "trials": [{"reached_on": "2024-01-01"}],
    }
    help_ = "help: correct the date, or assess a later day with `--on`"
    places = [
        ("company.registered_in_yizhuang_on", "2023-07-02"),
        ("company.registered_on", "2023-07-01"),
        ("products[1].milestone_on", "2023-07-01"),
        ("trials[0].reached_on", "2024-01-01"),
    ]
    assert unfit(rulebook, raw) == "\n\n".join(
        f"error[after-on]: `{path}`: `{day}` lies after the date of assessment `2023-06-30`\n{help_}"
        for path, day in places
    )


def test_a_date_on_the_day_itself_is_past(rulebook):
    read = Profile.read({"company": {"registered_on": "2023-06-30"}, "products": [{"milestone_on": "2023-06-30"}]})
    assert check(read, rulebook, on=date(2023, 6, 30), engine="kleene").awards


def test_a_declared_size_that_the_figures_contradict_is_refused_with_both(rulebook):
    facts = {"size": "large", "sme_sector": "industry", "employees": 19}
    assert unfit(rulebook, company(**facts)) == (
        "error[contradiction]: `company.size`: `large` is declared, but company.sme_sector `industry`, "
        "company.employees and the revenue of the year before make it micro\n"
        "help: correct one of them; the rule is 《中小企业划型标准规定》 工信部联企业〔2011〕300号, article 4"
    )
    assert "make it micro or small" in unfit(rulebook, company(**(facts | {"employees": 299})))


def test_a_declared_size_that_the_figures_leave_open_stands(rulebook):
    read = Profile.read(company(size="small", sme_sector="industry", employees=299))
    assert check(read, rulebook, on=date(2023, 6, 30), engine="kleene").awards


def test_a_payment_under_an_unknown_clause_offers_the_nearest(rulebook):
    raw = {"payments": [{"clause": "etown-2023-devices/rend"}, {"clause": "moon/landing"}]}
    assert unfit(rulebook, raw) == (
        "error[unknown-clause]: `payments[0].clause`: there is no clause `etown-2023-devices/rend`\n"
        "help: did you mean `etown-2023-devices/rent`?\n\n"
        "error[unknown-clause]: `payments[1].clause`: there is no clause `moon/landing`\n"
        "help: see `eligibility rules list`"
    )


def test_a_payment_for_an_item_of_the_wrong_kind_is_refused(rulebook):
    raw = {"products": [{}], "payments": [{"clause": "etown-2023-devices/rent", "item": "products[0]"}]}
    assert unfit(rulebook, raw) == (
        "error[payment-item]: `payments[0].item`: `etown-2023-devices/rent` pays per lease, and `products[0]` is none\n"
        "help: write `leases[0]`, or `none`"
    )
