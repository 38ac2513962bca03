"""What every result ends with."""

from __future__ import annotations

from typing import Final

from eligibility.bilingual import Words

NOTICE: Final = Words(
    "本结果不是官方认定，金额以主管部门审核为准。请向北京经开区管委会生物技术和大健康产业专班或市民热线12345咨询。",
    "This is no official determination: the authority's review decides. Ask the biotechnology and big health task "
    "force of the BDA Administrative Committee (北京经开区生物技术和大健康产业专班), or the Beijing hotline 12345.",
)
