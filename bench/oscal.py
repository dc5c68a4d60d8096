"""Profiles of OSCAL resolved, ours and compliance-trestle's: milliseconds of processor time, in one process, in turns.

The profiles are the baselines of NIST SP 800-53 (rev. 5) and of the Australian Information Security Manual in
`../shared/data/law/oscal`. Both read the profile and its catalogue from the files each time and give the resolved
catalogue; trestle has the catalogues in a workspace of its own, as it asks for. Where trestle cannot be imported, ours
is timed alone, and the page says so. The figure is the least of the rounds.
"""

from __future__ import annotations

import gc
import json
import logging
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from writ.formats.oscal.reading import read_file
from writ.formats.oscal.resolution import resolve
from writ.formats.oscal.selection import controls_of
from writ.formats.oscal.sources import Sources

DATA = Path(__file__).parents[2] / "shared" / "data" / "law" / "oscal"
CATALOGS = {
    "NIST": "NIST_SP-800-53_rev5_catalog-5.0.1.json",
    "ISM": "ISM_catalog.json",
}
ROW = "{:<42} {:>9} {:>9} {:>12} {:>8}"
ROUNDS = 7


def main() -> None:
    if not DATA.is_dir():
        print("no ../shared/data/law/oscal here", file=sys.stderr)
        return
    trestle = _trestle()
    if trestle is None:
        print("compliance-trestle cannot be imported: ours alone\n")
    print(ROW.format("profile", "controls", "ours ms", "trestle ms", "ratio"))
    with tempfile.TemporaryDirectory() as folder:
        for profile in sorted(DATA.glob("*profile.json")):
            catalog = DATA / CATALOGS[profile.name.split("_")[0]]
            sides = [lambda p=profile, c=catalog: _ours(p, c)]
            if trestle is not None:
                path = _workspace(Path(folder), profile, catalog)
                sides.append(lambda p=path, w=Path(folder): trestle(w, str(p)))
            best, counts = _turns(sides)
            assert len(set(counts)) == 1, f"{profile.name}: {counts} controls"
            theirs = f"{best[1] * 1000:.0f}" if len(best) > 1 else "-"
            ratio = f"{best[1] / best[0]:.1f}" if len(best) > 1 else "-"
            name = profile.name.removesuffix("-baseline_profile.json")
            print(ROW.format(name, counts[0], f"{best[0] * 1000:.1f}", theirs, ratio), flush=True)


def _turns(sides: list[Callable[[], Any]]) -> tuple[list[float], list[int]]:
    """The least time of each side, and how many controls it found."""
    best, counts = [float("inf")] * len(sides), [0] * len(sides)
    for _ in range(ROUNDS):
        for number, side in enumerate(sides):
            gc.collect()
            start = time.process_time()
            made = side()
            best[number] = min(best[number], time.process_time() - start)
            if not isinstance(made, dict):
                made = json.loads(made.oscal_serialize_json())["catalog"]
            counts[number] = sum(1 for _ in controls_of(made))
    return best, counts


def _ours(profile: Path, catalog: Path) -> dict[str, Any]:
    document, _ = read_file(profile)
    assert document is not None
    made, _ = resolve(document, Sources([catalog]))
    assert made is not None
    return made.data


def _trestle() -> Callable[..., Any] | None:
    try:
        from trestle.core.profile_resolver import ProfileResolver
    except ImportError:
        return None
    logging.disable(logging.CRITICAL)
    return ProfileResolver.get_resolved_profile_catalog


def _workspace(folder: Path, profile: Path, catalog: Path) -> Path:
    """The profile in a workspace of trestle's, with the catalogue that is there; it reads OSCAL 1.1.2 and later."""
    (folder / ".trestle").mkdir(exist_ok=True)
    held = folder / "catalogs" / catalog.stem / "catalog.json"
    if not held.exists():
        data = json.loads(catalog.read_text("utf-8"))
        data["catalog"]["metadata"]["oscal-version"] = "1.1.2"
        held.parent.mkdir(parents=True)
        held.write_text(json.dumps(data), "utf-8")
    data = json.loads(profile.read_text("utf-8"))
    for one in data["profile"]["imports"]:
        one["href"] = f"trestle://catalogs/{catalog.stem}/catalog.json"
    path = folder / "profiles" / profile.stem / "profile.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(data), "utf-8")
    return path


if __name__ == "__main__":
    main()
