"""`eligibility profile check`: whether a profile can be read, and what it leaves unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from eligibility.cli.options import lang_option, load_rules, rules_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eligibility.profile import Profile
    from eligibility.profile.files import ProfileFile
    from eligibility.profile.record import Record

_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "known": ("通过：已知{n}项", "ok: {n} {fact} known"),
    "unknown": ("{where}未知{n}项", "{n} unknown in {where}"),
    "lists": ("未知的列表：{names}", "lists unknown: {names}"),
    "company": ("企业", "company"),
    "entries": ("列表各项", "the entries of lists"),
    "facts": ("{where} 中未知：{names}", "unknown in {where}: {names}"),
    "payments": (
        "payments 未知：此前已获资金可能占用上限；如没有，请写 payments: []",
        "`payments` is unknown: money received before may use up limits; write `payments: []` if there was none",
    ),
}


@click.command(
    epilog="Examples:\n\n  eligibility profile check company.yaml\n\n  cat company.yaml | eligibility profile check -"
)
@click.argument("profile", metavar="PROFILE")
@lang_option
@rules_option
def command(profile: str, lang: str, rules: str | None) -> None:
    """Check a profile file without assessing it; say what it leaves unknown.

    PROFILE is a YAML or JSON file; `-` reads standard input. Its payments must name clauses of the rules. An invalid
    profile exits with 4 and every finding.
    """
    from eligibility.profile.files import read_profile

    file = read_profile(profile)
    if rules is not None or file.profile.payments:  # nothing else in a profile rests on the rules
        _refuse_misnamed(file, rules)
    for line in report(file.profile, lang):
        click.echo(line)


def _refuse_misnamed(file: ProfileFile, rules: str | None) -> None:
    from eligibility.diagnostics import ProfileRefused
    from eligibility.rulebook.misnamed import misnamed

    findings = list(misnamed(file.profile, load_rules(rules)))
    if findings:
        raise file.placed(ProfileRefused(findings))


def report(profile: Profile, lang: str) -> Iterator[str]:
    """Sum a profile up on one line, then name the facts that are unknown, record by record."""
    from eligibility.profile.profile import LISTS

    records = dict(_records(profile))
    unknown = {place: missing for place, record in records.items() if (missing := _unknown(record))}
    absent = [name for name in LISTS if getattr(profile, name) is None]
    yield _summary(records, unknown, absent, lang)
    for place, names in unknown.items():
        yield "  " + _say("facts", lang).format(where=place, names=", ".join(names))
    if "payments" in absent:
        yield _say("payments", lang)


def _records(profile: Profile) -> Iterator[tuple[str, Record]]:
    """Give every record of a profile by its place."""
    from eligibility.profile.profile import LISTS

    yield "company", profile.company
    for name in LISTS:
        for place, entry in enumerate(getattr(profile, name) or ()):
            yield f"{name}[{place}]", entry


def _unknown(record: Record) -> list[str]:
    return [name for name in record.FACTS if getattr(record, name) is None]


def _summary(records: dict[str, Record], unknown: dict[str, list[str]], absent: list[str], lang: str) -> str:
    known = sum(len(list(record.known())) for record in records.values())
    parts = [_say("known", lang).format(n=known, fact="fact" if known == 1 else "facts")]
    of_lists = sum(len(names) for place, names in unknown.items() if place != "company")
    for where, count in (("company", len(unknown.get("company", ()))), ("entries", of_lists)):
        if count:
            parts.append(_say("unknown", lang).format(n=count, where=_say(where, lang)))
    if absent:
        parts.append(_say("lists", lang).format(names=", ".join(absent)))
    return ("；" if lang == "zh" else "; ").join(parts)


def _say(key: str, lang: str) -> str:
    return _TEXTS[key][lang != "zh"]
