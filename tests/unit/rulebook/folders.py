"""Small folders of rules for the tests of lint, coverage and cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eligibility.rulebook import Rulebook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TEXT = """A heading

The zone pays a one-time reward of 3 million yuan to makers of devices. It met Ms. Tse on 14 February.
Tenants are subsidized at the rate of 50% of the rent, up to 20 million yuan a year.
"""

DOCUMENTS = """
documents:
  - {id: D, title: {zh: 文件, en: document}, authority: newspaper, file: d.txt}
"""

POLICY = """
policy:
  id: devices
  layer: N
  title: {zh: 政策, en: policy}
  issuer: {zh: 机关, en: office}
  issued: 2023-01-01
  in_force: {from: 2023-01-01, to: open}
clauses:
  - id: reward
    title: {zh: 奖励, en: reward}
    for_each: product
    when: {product.first_special_review_entry: true}
    award: {fixed: 300万元, frequency: once}
    citations:
      - {document: D, quote: one-time reward of 3 million yuan, supports: [amount]}
  - id: rent
    title: {zh: 房租, en: rent}
    when: {company.track: vaccines}
    award: {rate: 50%, of: year.revenue, frequency: yearly}
    caps:
      - limit: 2000万元
    citations:
      - document: D
        quote: subsidized at the rate of 50% of the rent, up to 20 million yuan a year
        supports: [rate, cap]
"""

FILES = {"documents.yaml": DOCUMENTS, "d.txt": TEXT, "policies/devices.yaml": POLICY}


def write(folder: Path, files: Mapping[str, str | None]) -> Path:
    """Write the standing files with these changes; None leaves a file out."""
    for name, text in (FILES | dict(files)).items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


def rules(folder: Path, **changed: str | None) -> Rulebook:
    """Load the standing rules with some files changed: `policy`, `documents`, `text`, `reasons`, `definitions`, `stacking`."""
    names = {
        "policy": "policies/devices.yaml",
        "documents": "documents.yaml",
        "text": "d.txt",
        "reasons": "reasons.yaml",
        "definitions": "definitions.yaml",
        "stacking": "stacking.yaml",
        "cases": "cases/devices.yaml",
    }
    return Rulebook.load(write(folder, {names[key]: text for key, text in changed.items()}))


def relative(findings: object, folder: Path) -> str:
    """Print findings with paths inside the folder."""
    from eligibility.diagnostics import render

    return render(findings).replace(f"{folder}/", "")  # type: ignore[arg-type]
