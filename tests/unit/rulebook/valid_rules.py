"""A small valid rulebook that uses most of the language, and what loading says once one spot of it is replaced."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

from eligibility.diagnostics import RulebookRefused
from eligibility.rulebook import Rulebook

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS_TEXT = """\
documents:
  - id: HELD
    title: {zh: 通知, en: notice}
    date: 2023-02-16
    authority: official
    file: held.txt
  - id: NEWS
    title: {zh: 新闻, en: news}
    url: https://example.org/news
    authority: newspaper
"""

HELD = "A one-time reward of 3 million yuan is given.\nRent is paid at 50% for three years.\n"

DEFINITIONS_TEXT = """\
definitions:
  in_yizhuang:
    title: {zh: 位于亦庄, en: in Yizhuang}
    when: {company.areas: {includes: biopark}}
    assumptions: [{zh: 按注册地, en: by the seat}]
  new_company:
    title: {zh: 新设, en: newly set up}
    when: {company.registered_on: {within: 3 years}}
    citations: [{document: NEWS, figure: new ones, supports: [definition]}]
  earner:
    title: {zh: 有收入, en: it earns}
    when: {year.revenue: {above: 0元}}
    assumptions: [{zh: 收入, en: revenue}]
  own_device:
    title: {zh: 器械, en: a device}
    when: {product.kind: device}
    assumptions: [{zh: 器械, en: devices}]
"""

POLICY_TEXT = """\
policy:
  id: devices
  layer: N
  title: {zh: 器械政策, en: devices}
  issuer: {zh: 管委会, en: committee}
  issued: 2023-02-16
  in_force: {from: 2023-02-16, to: 2026-02-15}
  requires: [in_yizhuang]
caps:
  - id: per-company
    limit: 500万元
    per: company
    period: year
    over: [review, rent]
    assumed: {zh: 合计, en: together}
clauses:
  - id: review
    title: {zh: 审查, en: review}
    for_each: product
    when:
      all:
        - product.kind: [device, drug]
        - product.first_special_review_entry: true
        - company.activities: {includes_any: [rnd, production]}
    award: {fixed: 300万元, frequency: once, instalments: [40%, 60%]}
    citations:
      - {document: HELD, quote: reward of 3 million yuan, supports: [amount]}
  - id: rent
    title: {zh: 租金, en: rent}
    for_each: lease
    when: {any: [new_company, {company.employees: {at_most: 300}}]}
    award: {rate: 50%, of: lease.rent_paid, frequency: yearly}
    caps:
      - {limit: 200万元, per: item, period: year}
    citations:
      - {document: HELD, quote: paid at 50%, supports: [rate]}
  - id: stage
    title: {zh: 分期, en: stages}
    for_each: trial
    when: {trial.in_beijing: true}
    award:
      by: trial.phase
      amounts: {phase_i: 100万元, phase_ii: 200万元}
      otherwise: 0元
      frequency: once
    citations:
      - {document: NEWS, figure: by phase, supports: [amount]}
  - id: growth
    title: {zh: 增长, en: growth}
    when: {year.revenue: {above: prior_year.revenue}}
    award:
      brackets:
        of: {minus: [year.revenue, prior_year.revenue]}
        mode: marginal
        rows:
          - {below: 100万元, rate: 1%}
          - {at_least: 100万元, rate: 2%}
      frequency: yearly
    citations:
      - {document: NEWS, figure: by growth, supports: [rate]}
  - id: staff
    title: {zh: 人员, en: staff}
    when: {company.size: [small, medium]}
    award: {per_unit: 800元, of: company.employees, frequency: once}
    citations:
      - {document: NEWS, figure: by head, supports: [amount]}
  - id: loan
    title: {zh: 贷款, en: loan}
    reference: any
    when: {some: {project: {project.grant: {at_least: {rate: 10%, of: project.own_funds}}}}}
    award: {range: [10万元, 20万元], frequency: once}
    citations:
      - {document: NEWS, figure: from 100 to 200 thousand, supports: [amount]}
  - id: advice
    title: {zh: 咨询, en: advice}
    when: {company.needs: {includes: expert_advice}}
    award: {service: true}
    citations:
      - {document: NEWS, figure: advice, supports: [service]}
"""

STACKING_TEXT = """\
caps:
  - id: everything
    limit: {least: [800万元, {rate: 10%, of: company.parent_rnd}]}
    per: company
    period: year
    over: [devices/review, devices/rent, devices/staff]
    assumed: {zh: 合计, en: together}
exclusive:
  - id: one-of-two
    clauses: [devices/growth, devices/staff]
    keep: highest
    per: company
    assumed: {zh: 就高, en: the highest}
together:
  - id: both
    clauses: [devices/review, devices/rent]
    assumed: {zh: 可同享, en: both may be had}
"""

POLICY, DEFINITIONS, STACKING, DOCUMENTS = (
    "policies/devices.yaml",
    "definitions.yaml",
    "stacking.yaml",
    "documents.yaml",
)
FILES = {
    DOCUMENTS: DOCUMENTS_TEXT,
    "held.txt": HELD,
    DEFINITIONS: DEFINITIONS_TEXT,
    POLICY: POLICY_TEXT,
    STACKING: STACKING_TEXT,
}


class Rules:
    """The valid rulebook in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        """Write one file anew."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace one spot of a file; it must be there, and once."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old, text.count(old))
        self.write(name, text.replace(old, new))

    def load(self) -> Rulebook:
        """Load the folder as it is."""
        return Rulebook.load(self.folder)

    def refusal(self, *changes: Change) -> str:
        """Give the whole text that refuses the folder with these changes, paths from the folder on."""
        for change in changes:
            self.replace(*change)
        with pytest.raises(RulebookRefused) as caught:
            self.load()
        return str(caught.value).replace(f"{self.folder}/", "")


Change = tuple[str, str, str]
"""A file, one spot of it, and what stands there instead."""


def when(condition: str) -> Change:
    """Replace the condition of the clause `staff`."""
    return POLICY, "when: {company.size: [small, medium]}", f"when: {condition}"


def award(award: str) -> Change:
    """Replace the award of the clause `review`."""
    return POLICY, "award: {fixed: 300万元, frequency: once, instalments: [40%, 60%]}", f"award: {award}"


def case(name: str, changes: Change | list[Change], expected: str) -> Any:
    """Name what is wrong, the spots that make it so, and all that is printed for it."""
    return pytest.param(changes if isinstance(changes, list) else [changes], text(expected), id=name)


def text(indented: str) -> str:
    """Give an expected text that is indented with the code around it."""
    return dedent(indented).strip("\n")
