"""What is still missing, ranked by the money that waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eligibility.bilingual import Words
from eligibility.decision import Question
from eligibility.profile.catalogue import FACTS, LISTS
from eligibility.profile.records import Payment

if TYPE_CHECKING:
    from eligibility.decision import Decision


def questions(decision: Decision) -> tuple[Question, ...]:
    """Give every missing fact once, the one with most money at stake first.

    What is at stake is measured on the awards that have an upper bound: how far each could still move. Awards without
    one are counted. Ties keep the order in which the awards name their facts.
    """
    stakes: dict[str, list[int]] = {}
    for award in decision.awards:
        width = None if award.net.high is None else award.net.high - award.net.low
        for fact in award.missing:
            stake = stakes.setdefault(fact, [0, 0, 0])
            stake[0] += width or 0
            stake[1] += width is None
            stake[2] += 1
    ranked = sorted(stakes.items(), key=lambda entry: [-part for part in entry[1]])
    return tuple(Question(fact, *words_of(fact), stake[0], stake[1]) for fact, stake in ranked)


def words_of(path: str) -> tuple[Words, Words]:
    """Give the label and the question of a fact, or of a list whose length is not known."""
    if path in LISTS:
        label = LISTS[path].LABEL
        return label, Words(f"有哪些{label.zh}（没有请填 []）？", f"Which {path} are there (`[]` if none)?")
    prior = path.startswith("prior_year.")
    fact = Payment.FACTS[path[8:]] if path.startswith("payment.") else FACTS[path.replace("prior_year.", "year.", 1)]
    if prior:
        label = Words(f"上一年度{fact.label.zh}", f"{fact.label.en} of the year before")
        return label, Words(f"上一年度：{fact.question.zh}", f"For the year before: {fact.question.en}")
    return fact.label, fact.question
