"""`confidence` of a citation: read, refused, shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from eligibility import Profile, Rulebook, check
from eligibility.cli import main
from eligibility.report.contract import to_json
from eligibility.rulebook.policies import CONFIDENCES

from pages import policy_file, write  # isort: skip - in tests/

if TYPE_CHECKING:
    from pathlib import Path

ON = date(2023, 6, 30)


def folder(path: Path, more: str) -> Path:
    cited = f"citations: [{{document: GD, figure: 3 million yuan, supports: [amount]{more}}}]"
    return write(path, {"policies/sample.yaml": policy_file(cited)})


def told(path: Path) -> str | None:
    decision = check(Profile.read({}), Rulebook.load(path), on=ON)
    confidence: str | None = to_json(decision)["awards"][0]["citations"][0]["confidence"]
    return confidence


@pytest.mark.parametrize("word", CONFIDENCES)
def test_a_decision_says_how_the_words_were_come_by(word: str, tmp_path: Path) -> None:
    assert told(folder(tmp_path, f", confidence: {word}")) == word


def test_it_may_be_left_out(tmp_path: Path) -> None:
    assert told(folder(tmp_path, "")) is None


def printed(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = 0
    try:
        main(words)
    except SystemExit as stop:
        code = int(stop.code or 0)
    out, err = capsys.readouterr()
    return code, " ".join((out + err).split())


def test_it_stands_beside_the_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = folder(tmp_path, ", confidence: partial")
    profile = tmp_path / "company.yaml"
    profile.write_text("company: {track: vaccines}\npayments: []\n", encoding="utf-8")
    asked = ["explain", "fragment", str(profile), "--on", "2023-06-30", "--rules", str(rules)]
    assert "repost, text seen in part" in printed(asked, capsys)[1]
    assert "转载, 只见部分原文" in printed([*asked, "--lang", "zh"], capsys)[1]
    assert "(amount, repost, partial)" in printed(["rules", "show", "fragment", "--rules", str(rules)], capsys)[1]


def test_another_word_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = printed(["rules", "list", "--rules", str(folder(tmp_path, ", confidence: sure"))], capsys)
    assert code == 3
    assert "error[unknown-word]: `sure` is no confidence" in text
