"""The lock files pin every package by hash, and say nothing of where it comes from."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def pins(lock: Path) -> dict[str, str]:
    """Each pinned requirement of a lock file with its version."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", lock.read_text("utf-8"), re.MULTILINE))


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~;\[ ]", each, maxsplit=1)[0].lower() for each in requirements}


def test_there_is_a_lock_for_the_run_and_for_each_extra() -> None:
    expected = {"build", "run", *PROJECT["optional-dependencies"]}
    assert {lock.stem for lock in LOCKS} == expected


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_names_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^--?[a-z]", text, re.MULTILINE), "an option of pip"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_pins_every_package_by_hash(lock: Path) -> None:
    for requirement in re.split(r"\n(?=\S)", lock.read_text("utf-8").strip()):
        assert re.match(r"[a-z0-9-]+==\S+ ", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


@pytest.mark.parametrize("extra", ["run", *PROJECT["optional-dependencies"]])
def test_a_lock_has_what_the_project_asks_for(extra: str) -> None:
    asked = names(PROJECT["dependencies"] + PROJECT["optional-dependencies"].get(extra, []))
    assert asked <= pins(ROOT / "requirements" / f"{extra}.txt").keys()


def test_the_locks_agree_so_that_they_share_one_environment() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, version in pins(lock).items():
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}
