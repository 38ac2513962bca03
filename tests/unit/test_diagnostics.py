"""Findings: what is printed of one, their order, and when a spelling is offered."""

from __future__ import annotations

import pytest

from eligibility.diagnostics import (
    Diagnostic,
    Note,
    Place,
    ProfileRefused,
    Refused,
    RulebookRefused,
    Source,
    UsageRefused,
    did_you_mean,
    in_order,
    nearest,
    render,
)

SOURCE = Source("file.yaml", "one: 一二三 four\nfive\tsix\n")


def at(line, column, end=None, source=SOURCE):
    return Place(source, line, column, end)


def test_a_finding_prints_its_place_line_help_and_notes():
    note = Note("first here", at(2, 1, 5))
    finding = Diagnostic("code", "what is wrong", at(1, 6, 9), "what to write", notes=(note,))
    assert str(finding) == (
        "file.yaml:1:6: error[code]: what is wrong\n"
        "    1 | one: 一二三 four\n"
        "      |      ^^^^^^\n"
        "file.yaml:2:1: note: first here\n"
        "    2 | five six\n"
        "      | ^^^^\n"
        "help: what to write"
    )


def test_what_is_after_wide_characters_is_underlined_below_itself():
    assert at(1, 10, 14).excerpt() == "    1 | one: 一二三 four\n      |             ^^^^"


def test_without_an_end_the_rest_of_the_line_is_underlined():
    assert at(2, 6).excerpt() == "    2 | five six\n      |      ^^^"


def test_a_place_past_its_line_or_text_has_one_mark():
    assert at(2, 9, 20).excerpt() == "    2 | five six\n      |         ^"
    assert at(7, 1, 2).excerpt() == "    7 | \n      | ^"


def test_a_finding_without_a_place_is_its_message_and_help():
    assert str(Diagnostic("code", "what is wrong")) == "error[code]: what is wrong"
    assert (
        str(Diagnostic("code", "what is odd", help="look", severity="warning"))
        == "warning[code]: what is odd\nhelp: look"
    )


def test_a_message_stays_one_line_whatever_it_quotes():
    assert str(Diagnostic("code", "`a\nb\x1b[0m\u202e`", help="\x07")) == (
        "error[code]: `a\ufffdb\ufffd[0m\ufffd`\nhelp: \ufffd"
    )


def test_findings_are_sorted_by_file_line_and_column_and_repeats_dropped():
    other = Source("a.yaml", "x\n")
    findings = [
        Diagnostic("c", "third", at(2, 1, 2)),
        Diagnostic("c", "second", at(1, 9, 10)),
        Diagnostic("c", "first", at(1, 2, 3, other)),
        Diagnostic("c", "second", at(1, 9, 10)),
        Diagnostic("c", "nowhere"),
        Diagnostic("c", "tenth", at(10, 1, 2)),
    ]
    assert [finding.message for finding in in_order(findings)] == ["nowhere", "first", "second", "third", "tenth"]
    assert [finding.message for finding in Refused(findings).diagnostics] == [
        "nowhere",
        "first",
        "second",
        "third",
        "tenth",
    ]


@pytest.mark.parametrize(("count", "rest"), [(1, 0), (100, 0), (101, 1), (350, 250)])
def test_past_a_hundred_findings_are_only_counted(count, rest):
    text = render([Diagnostic("c", f"finding {number}") for number in range(count)])
    assert text.count("error[c]") == count - rest
    assert text.endswith(f"\n\n… and {rest} more") == (rest > 0)


def test_refusals_know_how_the_command_line_exits():
    kinds = (Refused, UsageRefused, RulebookRefused, ProfileRefused)
    assert [kind([]).exit_code for kind in kinds] == [1, 2, 3, 4]
    assert str(ProfileRefused([Diagnostic("c", "one"), Diagnostic("c", "two")])) == "error[c]: one\n\nerror[c]: two"


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("employes", "employees"),
        ("employee", "employees"),
        ("size ", "size"),
        ("Size", "size"),
        ("s", None),
        ("income", None),
        ("trade", None),
        ("tracks", "track"),
        ("", None),
    ],
)
def test_a_spelling_is_offered_only_when_it_is_close(word, offered):
    assert nearest(word, ["employees", "size", "track"]) == offered
    expected = f"did you mean `{offered}`?" if offered else "one of three"
    assert did_you_mean(word, ["employees", "size", "track"], "one of three") == expected
