"""Which sources count: a clause whose figure rests on weaker ones keeps its verdict and gives nothing."""

from __future__ import annotations

import dataclasses
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from eligibility import Profile, Rulebook, check
from eligibility.cli import main
from eligibility.diagnostics import UsageRefused
from eligibility.frozen import replace
from eligibility.profile.files import read_profile
from eligibility.report.contract import to_json
from eligibility.rulebook.authority import ACCEPTED, LIMITS, authority_of, caution_of
from eligibility.rulebook.policies import AUTHORITIES
from eligibility.settle.standing import COUNTING

from pages import indented, policy_file, write  # isort: skip - in tests/

if TYPE_CHECKING:
    from eligibility.decision import Decision
    from eligibility.rulebook.language import Clause

ON = date(2023, 6, 30)
EXAMPLES = Path(__file__).parents[2] / "examples"
DOCUMENTS = "documents:\n" + "".join(
    f"  - {{id: {word}-{place}, title: {{zh: 文件, en: document}}, authority: {word}}}\n"
    for word in AUTHORITIES
    for place in (1, 2)
)
CAP = """caps:
  - {id: both, limit: 5元, per: company, period: ever, over: [sample/official, sample/newspaper, sample/weak], assumed: {zh: 假设, en: assumed}}
"""


def cited(*documents: str, supports: str = "amount") -> str:
    entries = [f"{{document: {name}, figure: 3元, supports: [{supports}]}}" for name in documents]
    return f"citations: [{', '.join(entries)}]\n"


def one(folder: Path, clause: str) -> Clause:
    [read] = Rulebook.load(
        write(folder, {"documents.yaml": DOCUMENTS, "policies/sample.yaml": policy_file(clause)})
    ).clauses
    return read


def three(folder: Path) -> Rulebook:
    """Three clauses of 3 yuan each under a limit of 5, by the weight of their sources."""
    head = policy_file("").partition("clauses:\n")[0]
    clauses = [
        f"id: {word}\ntitle: {{zh: 某, en: some}}\nwhen: {{company.track: vaccines}}\naward: {{fixed: 3元, frequency: once}}\n"
        + cited(f"{word}-1")
        for word in ("weak", "newspaper", "official")
    ]
    text = head + "clauses:\n" + "\n".join(indented(clause, "  - ", "    ") for clause in clauses) + "\n"
    files = {"documents.yaml": DOCUMENTS, "policies/sample.yaml": text, "stacking.yaml": CAP}
    return Rulebook.load(write(folder, files))


def nets(decision: Decision) -> dict[str, tuple[Any, ...]]:
    return {
        award.clause.removeprefix("sample/"): (
            award.verdict,
            award.gross.low,
            award.net.low,
            [reduction.kind for reduction in award.reductions],
        )
        for award in decision.awards
    }


PROFILE = Profile.read({"company": {"track": "vaccines"}, "payments": []})


# ---- the weight of a clause


@pytest.mark.parametrize("word", AUTHORITIES)
def test_a_clause_weighs_what_its_source_weighs(word: str, tmp_path: Path) -> None:
    assert authority_of(one(tmp_path, cited(f"{word}-1"))) == word


def test_the_strongest_source_of_the_figure_decides(tmp_path: Path) -> None:
    assert authority_of(one(tmp_path, cited("weak-1", "newspaper-1", "repost-1"))) == "newspaper"


@pytest.mark.parametrize("supports", ["amount", "rate", "cap", "period", "frequency", "service"])
def test_a_source_of_something_else_adds_no_weight(supports: str, tmp_path: Path) -> None:
    figure, area = cited("weak-1", supports=supports), cited("official-1", supports="area, dates, who, condition")
    joined = figure.rstrip("]\n") + ", " + area.removeprefix("citations: [")
    assert authority_of(one(tmp_path, joined)) == "weak"


def test_where_nothing_states_the_figure_every_source_weighs(tmp_path: Path) -> None:
    assert authority_of(one(tmp_path, cited("weak-1", "official-1", supports="who"))) == "official"


@pytest.mark.parametrize(
    ("documents", "caution"),
    [
        (("official-1",), None),
        (("official-1", "weak-1"), None),
        (("newspaper-1",), "one_press_source"),
        (("government_news-1",), "one_press_source"),
        (("newspaper-1", "newspaper-1"), "one_press_source"),
        (("newspaper-1", "repost-1"), "one_press_source"),
        (("newspaper-1", "newspaper-2"), None),
        (("newspaper-1", "government_news-1"), None),
        (("repost-1", "repost-2", "weak-1"), "no_press_source"),
        (("weak-1",), "no_press_source"),
    ],
)
def test_a_figure_on_one_leg_is_marked(documents: tuple[str, ...], caution: str | None, tmp_path: Path) -> None:
    assert caution_of(one(tmp_path, cited(*documents))) == caution


def test_each_limit_accepts_what_the_stricter_one_does() -> None:
    strict = [ACCEPTED[limit] for limit in LIMITS]
    assert [len(accepted) for accepted in strict] == [1, 3, 5]
    assert strict[0] < strict[1] < strict[2]


# ---- what counts


def test_by_default_everything_counts(tmp_path: Path) -> None:
    decision = check(PROFILE, three(tmp_path), on=ON)
    assert decision.authority == "any"
    assert decision.total.amount.low == 500
    assert nets(decision)["weak"] == ("eligible", 300, 300, [])


def test_below_the_limit_a_clause_keeps_verdict_and_gross_and_uses_up_no_cap(tmp_path: Path) -> None:
    rulebook = three(tmp_path)
    press = check(PROFILE, rulebook, on=ON, authority="press")
    assert nets(press) == {
        "weak": ("eligible", 300, 0, ["authority"]),
        "newspaper": ("eligible", 300, 300, []),
        "official": ("eligible", 300, 200, ["shared_cap"]),
    }
    assert press.total.amount.low == press.total.amount.high == 500
    official = check(PROFILE, rulebook, on=ON, authority="official")
    assert nets(official)["newspaper"] == ("eligible", 300, 0, ["authority"])
    assert nets(official)["official"] == ("eligible", 300, 300, [])
    assert official.total.amount.low == 300


def test_the_reduction_says_why_in_both_languages(tmp_path: Path) -> None:
    [weak, *_] = check(PROFILE, three(tmp_path), on=ON, authority="press").awards
    [reduction] = weak.reductions
    assert (reduction.by, reduction.low, reduction.high) == ("authority", 300, 300)
    assert reduction.reason.en == "only reposts or weak sources state this figure or promise"
    assert reduction.reason.zh == "金额或承诺仅见于转载或弱来源"


def test_a_policy_that_is_not_in_force_says_so_first(tmp_path: Path) -> None:
    decision = check(PROFILE, three(tmp_path), on=date(2023, 1, 1), authority="official")
    assert {tuple(kinds) for *_, kinds in nets(decision).values()} == {("standing",)}


def test_another_word_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageRefused, match=r"`press-only` is no authority"):
        check(PROFILE, three(tmp_path), on=ON, authority="press-only")  # type: ignore[arg-type]


def test_programs_are_told(tmp_path: Path) -> None:
    answer = to_json(check(PROFILE, three(tmp_path), on=ON, authority="official"))
    assert answer["authority"] == "official"
    assert [(award["authority"], award["caution"]) for award in answer["awards"]] == [
        ("weak", "no_press_source"),
        ("newspaper", "one_press_source"),
        ("official", None),
    ]
    assert answer["awards"][0]["reductions"][0]["kind"] == "authority"


# ---- the same as if the weaker clauses had expired


def expired(rulebook: Rulebook, authority: str) -> Rulebook:
    """Let every clause that is too weak belong to a policy that has expired."""
    before = ON - timedelta(days=1)
    clauses = tuple(
        clause
        if authority_of(clause) in ACCEPTED[authority]  # type: ignore[index]
        else replace(clause, policy=replace(clause.policy, id=f"{clause.policy.id}-x", issued=date(1999, 1, 1),
                                            starts=date(1999, 1, 1), ends=before, end_unknown=False))
        for clause in rulebook.clauses
    )  # fmt: skip
    return dataclasses.replace(rulebook, clauses=clauses, made={})


@pytest.mark.parametrize("authority", ["official", "press"])
@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.yaml")))
def test_weak_clauses_count_like_expired_ones(name: str, authority: Any) -> None:
    profile, rulebook = read_profile(str(EXAMPLES / f"{name}.yaml")).profile, Rulebook.load()
    asked = check(profile, rulebook, on=ON, engine="kleene", authority=authority)
    other = check(profile, expired(rulebook, authority), on=ON, engine="kleene")
    assert asked.total == other.total
    assert asked.ledger == other.ledger
    for ours, theirs in zip(asked.awards, other.awards, strict=True):
        assert (ours.clause, ours.item, ours.verdict, ours.gross, ours.net, ours.failed) == (
            theirs.clause, theirs.item, theirs.verdict, theirs.gross, theirs.net, theirs.failed
        )  # fmt: skip
        if ours.standing in COUNTING:
            assert ours.missing == theirs.missing


# ---- the command line


def printed(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with suppress(SystemExit):
        main(words)
    return " ".join(capsys.readouterr().out.split())


@pytest.fixture
def asked(tmp_path: Path) -> list[str]:
    three(tmp_path)
    profile = tmp_path / "company.yaml"
    profile.write_text("company: {track: vaccines}\npayments: []\n", encoding="utf-8")
    return [str(profile), "--on", "2023-06-30", "--rules", str(tmp_path)]


def test_the_table_marks_what_stands_on_one_leg(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(["check", *asked], capsys)
    assert "¥3 · once · reposts or weak sources only some" in text
    assert "¥2 · once · one press source some" in text
    assert "¥0 · once some" in text
    text = printed(["check", *asked, "--lang", "zh"], capsys)
    assert "3元 · 一次性 · 仅据转载或弱来源" in text
    assert "2元 · 一次性 · 仅据一家媒体" in text


def test_the_table_says_what_does_not_count(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(["check", *asked, "--authority", "official"], capsys)
    assert "only what official texts state is counted" in text
    assert "Eligible · 1" in text
    assert "2 more rest on weaker sources." in text
    text = printed(["check", *asked, "--authority", "press", "--all"], capsys)
    assert "Eligible · 2" in text
    assert "Sources too weak · 1" in text
    assert "less ¥3: only reposts or weak sources state this figure or promise [authority]" in text


def test_explain_takes_it_too(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(["explain", "newspaper", *asked, "--authority", "official"], capsys)
    assert "less ¥3: no official text states this figure or promise [authority] what remains: ¥0" in text
