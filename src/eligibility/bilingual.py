"""One text in Chinese and English."""

from __future__ import annotations

from eligibility.frozen import frozen


@frozen
class Words:
    """One text in Chinese and English."""

    zh: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en
