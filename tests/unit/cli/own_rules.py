"""A rulebook of one's own: few facts, one definition, a clause for each way to use a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DEFINITIONS = """
definitions:
  small_enough:
    title: {zh: 规模, en: size}
    when: {company.size: [micro, small]}
    assumptions: [{zh: 假设, en: assumed}]
"""

POLICY = """
policy:
  id: own
  layer: N
  title: {zh: 政策, en: policy}
  issuer: {zh: 机关, en: office}
  issued: 2023-01-01
  in_force: {from: 2023-01-01, to: open}
clauses:
  - id: advice
    title: {zh: 咨询, en: advice}
    when: small_enough
    award: {service: true}
    citations: [{document: S001, figure: advice, supports: [service]}]
  - id: rent
    title: {zh: 房租, en: rent}
    for_each: lease
    when: {lease.in_yizhuang: true}
    award: {rate: 50%, of: lease.rent_paid, frequency: yearly}
    citations: [{document: S001, figure: half the rent, supports: [rate]}]
  - id: trials
    title: {zh: 试验, en: trials}
    reference: any
    when: small_enough
    award: {per_unit: 1万元, of: {count: trial}, frequency: once}
    citations: [{document: S001, figure: by trial, supports: [amount]}]
"""

USED = {
    "company": {"name", "size", "sme_sector", "employees"},
    "years": {"year", "revenue"},
    "leases": {"year", "in_yizhuang", "rent_paid"},
    "trials": {"reached_on"},
    "payments": {"clause", "item", "year", "amount"},
}
"""What a profile for these rules can hold: what they use, and what makes an entry one."""


def write(folder: Path, policy: str = POLICY, definitions: str | None = DEFINITIONS) -> Path:
    """Write the rules as files, and give their folder."""
    (folder / "policies").mkdir(parents=True)
    (folder / "policies" / "own.yaml").write_text(policy, encoding="utf-8")
    if definitions:
        (folder / "definitions.yaml").write_text(definitions, encoding="utf-8")
    return folder
