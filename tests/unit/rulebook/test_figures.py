from __future__ import annotations

import pytest

from eligibility.money import Rate
from eligibility.rulebook.figures import figures_in

MILLION = 10**8


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a reward of 3 million yuan", [3 * MILLION]),
        ("RMB 200 billion", [200_000 * MILLION]),
        ("¥3,000,000", [3 * MILLION]),
        ("1.5 million yuan", [3 * MILLION // 2]),
        ("one trillion yuan", [10**6 * MILLION]),
        ("最高2000万元", [20 * MILLION]),
        ("每年1.2亿元", [120 * MILLION]),
        ("10 to 40 million yuan", [10 * MILLION, 40 * MILLION]),
        ("1000万元至4000万元", [10 * MILLION, 40 * MILLION]),
        ("3 billion yuan ($464 million)", [3000 * MILLION, None]),
        ("800 yuan for each", [80_000]),
        ("20 million, no unit", [20 * MILLION]),
        ("50% of the rent", [Rate(1, 2)]),
        ("5‰", [Rate(1, 200)]),
        ("30 per cent", [Rate(3, 10)]),
        ("matched 1:1", [Rate(1, 1)]),
        ("at 1：2", [Rate(1, 2)]),
        ("half of the rent", [Rate(1, 2)]),
        ("two-thirds", [Rate(2, 3)]),
        ("0.00001%", [None]),
        ("0.001 yuan", [None]),
        ("February 15, 2023 08:47", []),
        ("2023-02-15", []),
        ("more than 300 people", []),
        ("(2023-2025)", []),
        ("Sino Biopharm (1177.HK)", []),
        ("the 20th Central Committee", []),
        ("No.138, Section 3", []),
    ],
)
def test_figures_are_read_exactly(text: str, values: list[object]) -> None:
    assert [figure.value for figure in figures_in(text)] == values


def test_a_figure_knows_where_it_stands() -> None:
    text = "up to 20 million yuan, at 50% of it"
    assert [text[figure.start : figure.end] for figure in figures_in(text)] == ["20 million yuan", "50%"]
    assert [figure.kind for figure in figures_in(text)] == ["amount", "rate"]
