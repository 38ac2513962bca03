"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from eligibility.diagnostics import Diagnostic, Refused, UsageRefused

if TYPE_CHECKING:
    from collections.abc import Iterator


def save_text(path: Path | str, text: str) -> None:
    """Write a text as UTF-8 so that the file is either as it was or whole, whatever happens in between.

    It is written beside the file, forced onto the disk and put in its place in one step. A link is followed; an
    existing file keeps its permissions.

    Raises:
        UsageRefused: the path is a folder or no regular file, or its folder is not there.
        Refused: it cannot be written, or the disk is full; what was there before is untouched.
    """
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".eligibility-{secrets.token_hex(8)}.part")
    try:
        _refuse_unfit(target, str(path))
        _write(beside, text, target)
        beside.replace(target)
        _settle(target.parent)
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        help_ = "nothing was written, and a file that was there is as it was: make room or name another place"
        raise Refused([Diagnostic("output", f"`{path}` cannot be written: {reason}", help=help_)]) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _refuse_unfit(target: Path, shown: str) -> None:
    if findings := list(_unfit(target, shown)):
        raise UsageRefused(findings)


def _unfit(target: Path, shown: str) -> Iterator[Diagnostic]:
    if target.is_dir():
        yield Diagnostic("not-a-file", f"`{shown}` is a folder", help="name a file in it")
    elif target.exists() and not target.is_file():
        yield Diagnostic("not-a-file", f"`{shown}` is no regular file", help="name a file that can be replaced")
    elif not target.parent.is_dir():
        help_ = "make the folder first, or check the path and its spelling"
        yield Diagnostic("no-such-folder", f"there is no folder `{Path(shown).parent}` to write into", help=help_)


def _write(beside: Path, text: str, target: Path) -> None:
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as stream:
        stream.write(text.encode())
        stream.flush()
        os.fsync(stream.fileno())
    if target.exists():
        beside.chmod(target.stat().st_mode & 0o7777)


def _settle(folder: Path) -> None:
    """Force the new name onto the disk, where a folder can be opened for that."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
