"""A file is saved whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from eligibility.diagnostics import Refused, UsageRefused
from eligibility.saving import save_text


def left_over(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_has_the_text_and_nothing_else_is_left(tmp_path: Path) -> None:
    save_text(tmp_path / "record.json", "甲\n")
    assert (tmp_path / "record.json").read_bytes() == "甲\n".encode()
    assert left_over(tmp_path) == ["record.json"]


def test_a_new_file_has_the_permissions_that_new_files_have(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("")
    save_text(tmp_path / "record.json", "")
    assert (tmp_path / "record.json").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_file_that_is_there_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text("old, and much longer")
    path.chmod(0o640)
    save_text(path, "new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "record.json"
    link.symlink_to(tmp_path / "there" / "real.json")
    save_text(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "there" / "real.json").read_text() == "new"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_what_was_there_is_untouched_if_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "record.json"
    path.write_text("old")

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), full)
    with pytest.raises(Refused) as caught:
        save_text(path, "new")
    monkeypatch.undo()
    (finding,) = caught.value.diagnostics
    assert (finding.code, caught.value.exit_code) == ("output", 1)
    assert finding.message == f"`{path}` cannot be written: no space left on device"
    assert finding.help
    assert path.read_text() == "old"
    assert left_over(tmp_path) == ["record.json"]


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_file: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save_text(tmp_path / "record.json", "new")
    assert left_over(tmp_path) == []


def test_a_folder_is_no_file_to_save_in(tmp_path: Path) -> None:
    with pytest.raises(UsageRefused, match=r"error\[not-a-file\].* is a folder"):
        save_text(tmp_path, "")


def test_a_device_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageRefused, match=r"error\[not-a-file\].* is no regular file"):
        save_text(tmp_path / "pipe", "")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_the_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageRefused, match=r"error\[no-such-folder\]: there is no folder `.*none` to write into"):
        save_text(tmp_path / "none" / "record.json", "")


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be written: file name too long"):
        save_text(tmp_path / ("x" * 300), "")
