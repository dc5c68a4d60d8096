"""The shape of the tree: small modules whose names mean something, and a README that is true."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "writ").rglob("*.py"))
LONGEST = 400
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {
        str(module.relative_to(ROOT)): len(module.read_text("utf-8").splitlines())
        for module in MODULES
    }
    assert {module: length for module, length in lengths.items() if length > LONGEST} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = {part for module in MODULES for part in module.relative_to(ROOT).with_suffix("").parts}
    assert named & EMPTY_NAMES == set()


def make_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    return set(re.findall(r"^([a-z]+):(?!=)", makefile, re.MULTILINE))


def test_every_make_command_of_the_readme_exists() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = set(re.findall(r"(?:^|`)make ([a-z]+)", readme, re.MULTILINE))
    assert commands
    assert commands <= make_targets()


def test_every_link_of_the_readme_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_promised_make_targets_exist() -> None:
    assert {"demo", "test", "soak", "lint", "bench", "docs", "lock", "clean"} <= make_targets()
