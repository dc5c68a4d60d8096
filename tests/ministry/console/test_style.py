"""What the browser is given: pinned by hash, from nowhere in particular, and in no house's own dress."""

import json
import re

import pytest

from tests.ministry.serving import ROOT

SOURCE = ROOT / "ministry" / "console" / "browser"
MADE = ROOT / "ministry" / "console" / "static" / "console" / "console.css"
LOCK = json.loads((SOURCE / "package-lock.json").read_text("utf-8"))


def test_the_lock_records_no_address():
    assert "://" not in (SOURCE / "package-lock.json").read_text("utf-8")


@pytest.mark.parametrize("name", [name for name in LOCK["packages"] if name])
def test_a_package_is_pinned_by_its_hash(name):
    package = LOCK["packages"][name]
    assert package["integrity"].startswith("sha512-")
    assert re.fullmatch(r"[0-9.]+", package["version"])


def test_packages_are_asked_for_in_one_version_each():
    wanted = json.loads((SOURCE / "package.json").read_text("utf-8"))["devDependencies"]
    assert all(re.fullmatch(r"[0-9.]+", version) for version in wanted.values())
    assert wanted == LOCK["packages"][""]["devDependencies"]


@pytest.mark.skipif(not MADE.exists(), reason="the style is not made (`make test` makes it)")
def test_the_style_names_no_typeface_or_crest_of_a_government_and_no_address():
    style = MADE.read_text("utf-8")
    assert "--govuk-brand-colour" in style
    assert not re.search(
        r"gds transport|crest|crown|@font-face|@import|url\(", style, re.IGNORECASE
    )
