"""Dates and periods: strict reading, shifting by the calendar, whole months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.dates import Period, parse_date, parse_period, shift_back, whole_months
from eligibility.money import LiteralError

DATE_HELP = "write a date of the calendar as year-month-day, such as `2023-06-30`"
PERIOD_HELP = "write a period such as `3 years`, `18 months`, `90 days`, `3年`, `18个月` or `90天`"
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def refusal(read, text):
    with pytest.raises(LiteralError) as caught:
        read(text)
    return str(caught.value), caught.value.help


# ---- reading


@pytest.mark.parametrize("text", ["1900-01-01", "2000-02-29", "2024-02-29", "2023-12-31", "2200-12-31", " 2023-06-30 "])
def test_a_date_of_the_calendar_is_read(text):
    assert parse_date(text).isoformat() == text.strip()


@pytest.mark.parametrize(
    "text",
    ["2023-02-29", "1900-02-29", "2023-02-30", "2023-04-31", "2023-13-01", "2023-00-10", "2023-01-00", "0000-01-01"],
)
def test_a_day_that_does_not_exist_is_refused(text):
    assert refusal(parse_date, text) == (f"`{text}` is no day of the calendar", DATE_HELP)


@pytest.mark.parametrize("text", ["1899-12-31", "2201-01-01", "0001-01-01", "9999-12-31"])
def test_a_year_no_rule_can_mean_is_refused(text):
    assert refusal(parse_date, text) == (f"`{text}` is outside the years 1900 to 2200", DATE_HELP)


@pytest.mark.parametrize(
    "text",
    ["", "2023", "2023-6-30", "30-06-2023", "2023/06/30", "20230630", "2023年6月30日", "2023-06-30T00:00", "today"],
)
def test_what_is_not_written_year_month_day_is_refused(text):
    assert refusal(parse_date, text) == (f"`{text}` is not a date", DATE_HELP)


@pytest.mark.parametrize(
    ("text", "period", "shown"),
    [
        ("3 years", Period(years=3), "3 years"),
        ("1 year", Period(years=1), "1 year"),
        ("3年", Period(years=3), "3 years"),
        ("18 months", Period(months=18), "18 months"),
        ("1 month", Period(months=1), "1 month"),
        ("18个月", Period(months=18), "18 months"),
        ("90 days", Period(days=90), "90 days"),
        ("1 day", Period(days=1), "1 day"),
        ("90天", Period(days=90), "90 days"),
        ("90日", Period(days=90), "90 days"),
        (" 9999 years ", Period(years=9999), "9999 years"),
    ],
)
def test_a_period_is_read_in_both_languages_and_shown(text, period, shown):
    assert parse_period(text) == period
    assert str(period) == shown


@pytest.mark.parametrize(
    "text",
    ["", "3", "years", "0 years", "0天", "-3 years", "1.5 years", "3 weeks", "3 years 2 months", "10000 days", "三年"],
)
def test_what_is_no_period_is_refused(text):
    assert refusal(parse_period, text) == (f"`{text}` is not a period", PERIOD_HELP)


# ---- shifting back


@pytest.mark.parametrize(
    ("when", "period", "start"),
    [
        # plain
        ("2023-06-30", "3 years", "2020-06-30"),
        ("2023-06-30", "18 months", "2021-12-30"),
        ("2023-01-15", "1 month", "2022-12-15"),
        ("2023-01-15", "13 months", "2021-12-15"),
        ("2023-03-01", "1 day", "2023-02-28"),
        ("2024-03-01", "1 day", "2024-02-29"),
        ("2024-01-01", "366 days", "2022-12-31"),
        # 29 February
        ("2024-02-29", "1 year", "2023-02-28"),
        ("2024-02-29", "4 years", "2020-02-29"),
        ("2024-02-29", "12 months", "2023-02-28"),
        ("2024-02-28", "1 year", "2023-02-28"),
        ("2023-02-28", "3 years", "2020-02-28"),
        # clipped to the month's end
        ("2023-03-31", "1 month", "2023-02-28"),
        ("2024-03-31", "1 month", "2024-02-29"),
        ("2023-03-29", "1 month", "2023-02-28"),
        ("2023-03-28", "1 month", "2023-02-28"),
        ("2023-05-31", "1 month", "2023-04-30"),
        ("2023-07-31", "1 month", "2023-06-30"),
        ("2023-08-31", "1 month", "2023-07-31"),
        ("2023-12-31", "6 months", "2023-06-30"),
        # never before the calendar
        ("2023-06-30", "9999 years", "0001-06-30"),
        ("1900-01-01", "9999 days", "1872-08-16"),
    ],
)
def test_going_back_keeps_the_day_or_clips_to_the_end_of_the_month(when, period, start):
    assert shift_back(date.fromisoformat(when), parse_period(period)) == date.fromisoformat(start)


@given(when=days, months=st.integers(1, 400))
def test_going_back_by_months_lands_in_the_right_month(when, months):
    start = shift_back(when, Period(months=months))
    assert (when.year - start.year) * 12 + when.month - start.month == months
    assert start.day == min(when.day, monthrange(start.year, start.month)[1])


@given(first=days, second=days, period=st.sampled_from([Period(years=3), Period(months=18), Period(days=90)]))
def test_a_later_day_never_goes_back_to_an_earlier_start(first, second, period):
    earlier, later = sorted((first, second))
    assert shift_back(earlier, period) <= shift_back(later, period)


# ---- whole months


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2023-01-15", "2023-01-15", 0),
        ("2023-01-15", "2023-02-14", 0),
        ("2023-01-15", "2023-02-15", 1),
        ("2023-01-15", "2024-01-14", 11),
        ("2023-01-15", "2024-01-15", 12),
        ("2023-01-31", "2023-02-28", 0),
        ("2023-01-31", "2023-03-01", 1),
        ("2023-01-31", "2023-03-30", 1),
        ("2023-01-31", "2023-03-31", 2),
        ("2024-02-29", "2025-02-28", 11),
        ("2024-02-29", "2025-03-01", 12),
        ("2024-02-29", "2024-03-29", 1),
        ("2023-12-31", "2024-01-01", 0),
        ("2023-06-30", "2023-05-30", -1),
        ("2023-06-30", "2023-06-29", -1),
    ],
)
def test_only_whole_months_count(start, end, months):
    assert whole_months(date.fromisoformat(start), date.fromisoformat(end)) == months


@given(start=days, length=st.integers(0, 3000))
def test_whole_months_agree_with_a_count_on_the_calendar(start, length):
    end = date.fromordinal(start.toordinal() + length)
    assert whole_months(start, end) == naive_months(start, end)


def naive_months(start, end):
    """Walk day by day: a month is over on the start's day of a later month, or on the first day after one too short."""
    day, year, month, months = start, start.year, start.month, 0
    while day < end:
        day = date.fromordinal(day.toordinal() + 1)
        due = (day.year, day.month) != (year, month) and day.day >= start.day
        skipped = (day.year * 12 + day.month) - (year * 12 + month) == 2
        if due or skipped:
            months += 1
            year, month = (year + month // 12, month % 12 + 1)
    return months
