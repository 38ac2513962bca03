"""What a decision was made with: digests of the rules and of the profile, engines and versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eligibility import __version__
from eligibility.decision import Record

if TYPE_CHECKING:
    from eligibility.decision import Decision
    from eligibility.profile import Profile


def profile_digest(profile: Profile) -> str:
    """Give `sha256:…` over what the profile says; order of keys and forms of amounts change nothing."""
    import json
    from hashlib import sha256

    text = json.dumps(profile.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + sha256(text.encode()).hexdigest()


def record_of(decision: Decision) -> Record:
    """Give the record of a decision."""
    return Record(
        decision.rulebook.version,
        decision.rulebook.digest,
        profile_digest(decision.profile),
        decision.engine,
        __version__,
        tuple(sorted(decision.rulebook.ways.items())),
    )
