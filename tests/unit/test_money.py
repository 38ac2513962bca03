"""Exact money and rates: every literal form, both ways, and what is refused with which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.money import (
    MAX_MONEY,
    UNBOUNDED,
    Interval,
    LiteralError,
    Rate,
    format_money,
    format_rate,
    make_rate,
    parse_money,
    parse_rate,
    round_half_up,
    yuan,
)

MONEY_HELP = "write an amount such as `2000万元`, `1.2亿元`, `¥3,000,000` or `3000000.00` (yuan)"
RATE_HELP = "write a rate such as `50%`, `5‰`, `0.5` or `1:1`"
NOT_NEGATIVE = "an amount of money is 0 or more"
amounts = st.integers(0, MAX_MONEY)


def refusal(read, text):
    with pytest.raises(LiteralError) as caught:
        read(text)
    return str(caught.value), caught.value.help


# ---- money, read


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        # a bare number is in yuan
        ("0", 0),
        ("7", 700),
        ("3000000", 300_000_000),
        ("3000000.00", 300_000_000),
        ("0.01", 1),
        ("0.1", 10),
        ("0.10", 10),
        ("1.50000", 150),
        ("007", 700),
        ("3,000,000", 300_000_000),
        ("12,345.67", 1_234_567),
        # with a sign of currency
        ("¥3,000,000", 300_000_000),
        ("￥3000000", 300_000_000),
        ("¥ 1.5", 150),
        ("RMB 20", 2000),
        ("cny20", 2000),
        ("人民币100万元", 100_000_000),
        ("+5", 500),
        ("+¥5", 500),
        # Chinese units
        ("5元", 500),
        ("5圆", 500),
        ("5块", 500),
        ("5人民币", 500),
        ("5角", 50),
        ("5分", 5),
        ("1千", 100_000),
        ("1千元", 100_000),
        ("2000万", 2_000_000_000),
        ("2000万元", 2_000_000_000),
        ("2,000 万元", 2_000_000_000),
        ("3百万", 300_000_000),
        ("3百万元", 300_000_000),
        ("4千万", 4_000_000_000),
        ("4千万元", 4_000_000_000),
        ("1亿", 10_000_000_000),
        ("1.2亿元", 12_000_000_000),
        ("0.000001万元", 1),
        ("1.00000001亿元", 10_000_000_100),
        # English units
        ("5 fen", 5),
        ("5 yuan", 500),
        ("5rmb", 500),
        ("5 CNY", 500),
        ("5 thousand", 500_000),
        ("5 thousand yuan", 500_000),
        ("3 million", 300_000_000),
        ("3 million yuan", 300_000_000),
        ("3.5 Million RMB", 350_000_000),
        ("3 billion cny", 300_000_000_000),
        ("1 trillion", 100_000_000_000_000),
        ("20k", 2_000_000),
        ("20m", 2_000_000_000),
        ("2bn", 200_000_000_000),
        # space around
        ("  5元\n", 500),
    ],
)
def test_every_form_of_an_amount_is_read_to_the_fen(text, fen):
    assert parse_money(text) == fen


def test_the_range_of_an_amount_ends_at_a_trillion_yuan_inside():
    assert parse_money("1000000000000") == 10**14
    assert parse_money("10000亿元") == 10**14
    assert parse_money("999999999999.99") == 10**14 - 1


@pytest.mark.parametrize("text", ["1000000000000.01", "10000.00000001亿元", "2 trillion", "9" * 40])
def test_an_amount_over_a_trillion_yuan_is_refused(text):
    message = f"`{text}` is over 1000000000000 yuan"
    assert refusal(parse_money, text) == (message, "check the unit: the largest amount is `10000亿元`")


@pytest.mark.parametrize("text", ["0.001", "1.005元", "0.0000001万元", "0.5分", "1.00000000001亿元", "0.1 fen"])
def test_an_amount_finer_than_a_fen_is_refused(text):
    message = f"`{text}` is finer than a fen"
    assert refusal(parse_money, text) == (message, "give at most two decimals of a yuan")


@pytest.mark.parametrize("text", ["-1", "−1元", "-¥5", "¥-5", "¥−0.01", "-0.01", "-2000万元"])
def test_a_negative_amount_is_refused(text):
    assert refusal(parse_money, text) == (f"`{text}` is negative", NOT_NEGATIVE)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "元", "万元", "¥", "abc", "1e6", "1E6", "0x10", "nan", "NaN", ".nan", "inf", "-inf", "五万元", "1/2",
        "50%", "1.2.3", "1,00", "1,0000", "12,34,567", ",5", ".5", "5.", "5 dollars", "$5", "5万万",
        "5 元 元", "1 000", "1_000", "2023-01-01", "3万5千元", "5 million dollars",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(text):
    assert refusal(parse_money, text) == (f"`{text}` is not an amount of money", MONEY_HELP)


def test_an_endless_number_is_refused_and_shown_in_part():
    message, help_ = refusal(parse_money, "1" * 5000)
    assert message == f"`{'1' * 59}…` is not an amount of money"
    assert help_ == MONEY_HELP


# ---- money, printed


@pytest.mark.parametrize(
    ("fen", "plain", "zh", "en"),
    [
        (0, "0.00", "0元", "¥0"),
        (1, "0.01", "0.01元", "¥0.01"),
        (10, "0.10", "0.1元", "¥0.10"),
        (100, "1.00", "1元", "¥1"),
        (123_456, "1234.56", "1234.56元", "¥1,234.56"),
        (999_999, "9999.99", "9999.99元", "¥9,999.99"),
        (1_000_000, "10000.00", "1万元", "¥10,000"),
        (1_000_001, "10000.01", "10000.01元", "¥10,000.01"),
        (1_010_000, "10100.00", "1.01万元", "¥10,100"),
        (1_001_000, "10010.00", "10010元", "¥10,010"),
        (2_000_000_000, "20000000.00", "2000万元", "¥20,000,000"),
        (9_999_990_000, "99999900.00", "9999.99万元", "¥99,999,900"),
        (10_000_000_000, "100000000.00", "1亿元", "¥100,000,000"),
        (12_000_000_000, "120000000.00", "1.2亿元", "¥120,000,000"),
        (12_340_000_000, "123400000.00", "12340万元", "¥123,400,000"),
        (10**14, "1000000000000.00", "10000亿元", "¥1,000,000,000,000"),
        (-5, "-0.05", "-0.05元", "-¥0.05"),
        (-2_000_000, "-20000.00", "-2万元", "-¥20,000"),
    ],
)
def test_an_amount_is_printed_exactly_in_three_forms(fen, plain, zh, en):
    assert (yuan(fen), format_money(fen, "zh"), format_money(fen)) == (plain, zh, en)


@pytest.mark.parametrize("show", [yuan, lambda fen: format_money(fen, "zh"), lambda fen: format_money(fen, "en")])
@given(fen=amounts)
def test_a_printed_amount_is_read_as_itself(show, fen):
    assert parse_money(show(fen)) == fen


@given(
    number=st.from_regex(r"\A(0|[1-9][0-9]{0,11})(\.[0-9]{1,2})?\Z"),
    before=st.sampled_from(["", "¥", "￥ ", "RMB ", "人民币"]),
    unit=st.sampled_from(["", "元", " yuan", "万元", "亿元", "千元", " million", " thousand rmb", "k", "分"]),
    show=st.sampled_from([yuan, lambda fen: format_money(fen, "zh"), format_money]),
)
def test_reading_printing_and_reading_again_is_the_identity(number, before, unit, show):
    try:
        fen = parse_money(f"{before}{number}{unit}")
    except LiteralError:
        return
    assert parse_money(show(fen)) == fen


# ---- rates


@pytest.mark.parametrize(
    ("text", "num", "den"),
    [
        ("50%", 1, 2),
        ("50 %", 1, 2),
        ("50％", 1, 2),
        ("100%", 1, 1),
        ("150%", 3, 2),
        ("0%", 0, 1),
        ("0", 0, 1),
        ("12.5%", 1, 8),
        ("0.01%", 1, 10_000),
        ("5‰", 1, 200),
        ("0.5", 1, 2),
        ("0.50", 1, 2),
        ("1", 1, 1),
        ("3", 3, 1),
        ("1:1", 1, 1),
        ("1:2", 1, 2),
        ("1：2", 1, 2),
        ("2 / 6", 1, 3),
        ("10000/1", 10_000, 1),
        ("1/10000", 1, 10_000),
        ("20000/40000", 1, 2),
        ("0:5", 0, 1),
        (" 30% ", 3, 10),
    ],
)
def test_every_form_of_a_rate_is_a_reduced_fraction(text, num, den):
    assert parse_rate(text) == Rate(num, den)


@pytest.mark.parametrize("text", ["1/10001", "10001", "10001:1", "0.00001", "0.001%", "33.333%", "9" * 40])
def test_a_rate_too_fine_to_compute_with_is_refused(text):
    help_ = "both parts of the reduced fraction are at most 10000"
    assert refusal(parse_rate, text) == (f"`{text}` is too fine a rate", help_)


@pytest.mark.parametrize("text", ["1:0", "0:0", "5/0"])
def test_a_rate_over_zero_is_refused(text):
    assert refusal(parse_rate, text) == (f"`{text}` divides by zero", RATE_HELP)


@pytest.mark.parametrize(
    "text", ["", "%", "half", "-5%", "5%%", "1:2:3", "1.5:2", "nan", "5 percent", ".5", "五折", "1e-2"]
)
def test_what_is_no_rate_is_refused(text):
    assert refusal(parse_rate, text) == (f"`{text}` is not a rate", RATE_HELP)


def test_an_endless_rate_is_refused_and_shown_in_part():
    assert refusal(parse_rate, "1" * 5000) == (f"`{'1' * 59}…` is not a rate", RATE_HELP)


@pytest.mark.parametrize(
    ("num", "den", "text"),
    [
        (1, 2, "50%"),
        (1, 1, "100%"),
        (3, 2, "150%"),
        (1, 200, "0.5%"),
        (1, 10_000, "0.01%"),
        (1, 3, "1/3"),
        (0, 1, "0%"),
    ],
)
def test_a_rate_is_printed_as_per_cent_where_that_is_exact(num, den, text):
    assert format_rate(Rate(num, den)) == str(Rate(num, den)) == text


@given(num=st.integers(0, 10**4), den=st.integers(1, 10**4))
def test_a_printed_rate_is_read_as_itself(num, den):
    rate = make_rate(num, den, "made")
    assert parse_rate(format_rate(rate)) == rate
    assert rate.num * den == num * rate.den


# ---- rounding and intervals


@pytest.mark.parametrize(
    ("num", "den", "rounded"),
    [
        (0, 1, 0),
        (1, 2, 1),
        (49, 100, 0),
        (50, 100, 1),
        (51, 100, 1),
        (3, 2, 2),
        (5, 2, 3),
        (1, 3, 0),
        (2, 3, 1),
        (7, 7, 1),
    ],
)
def test_a_half_is_rounded_up(num, den, rounded):
    assert round_half_up(num, den) == rounded


@given(num=st.integers(0, 10**30), den=st.integers(1, 10**8))
def test_rounding_moves_by_at_most_a_half_and_never_down_from_it(num, den):
    moved = 2 * (round_half_up(num, den) * den - num)
    assert -den < moved <= den


def test_an_interval_holds_both_its_ends():
    closed, open_ = Interval(5, 7), Interval(5, None)
    assert [fen in closed for fen in (4, 5, 6, 7, 8)] == [False, True, True, True, False]
    assert [fen in open_ for fen in (4, 5, 10**14)] == [False, True, True]


def test_an_end_computed_from_no_bound_is_no_bound():
    assert Interval.of(5, UNBOUNDED // 10**4) == Interval(5, None)
    assert Interval.of(5, 10**18) == Interval(5, 10**18)
