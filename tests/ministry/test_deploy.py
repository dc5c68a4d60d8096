"""What `deploy/` says holds: units that systemd reads and that may do little, commands, files and paths that exist."""

import ast
import configparser
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import resolve

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
CONTAINER = DEPLOY / "Containerfile"
INSTALLED = "/opt/ministry"
MOST_EXPOSED = 15
"""Tenths of the figure that `systemd-analyze security` gives a unit, of 100: the lower, the less it may do."""


def understood(words):
    """See that `ministry` has such a command with such options; they are only read."""
    program, command, *given = words
    assert Path(program).name == "ministry"
    parser = load_command_class(get_commands()[command], command).create_parser("ministry", command)
    return parser.parse_args(given)


def analyze(*words):
    found = shutil.which("systemd-analyze")
    if found is None:
        pytest.skip("no systemd-analyze on this machine")
    done = subprocess.run([found, *words], capture_output=True, text=True, check=False)
    if "Unknown option" in done.stderr or "unrecognized option" in done.stderr:
        pytest.skip("the systemd of this machine is too old for it")
    return done


def lines(unit):
    return [
        line.partition("=")[::2] for line in unit.read_text("utf-8").splitlines() if "=" in line
    ]


@pytest.fixture(params=UNITS, ids=lambda unit: unit.name)
def unit(request):
    return request.param


def test_there_is_a_unit_for_each_kind_of_process():
    assert [unit.name for unit in UNITS] == [
        "ministry-web.service",
        "ministry-witness.service",
        "ministry-worker.service",
    ]


def test_a_unit_runs_a_command_that_exists_with_options_that_exist(unit):
    for name, text in lines(unit):
        if not name.startswith("ExecStart"):
            continue
        words = shlex.split(text)
        assert words[0] == f"{INSTALLED}/.venv/bin/ministry"
        understood(words)
        for word in words[1:]:
            if word.startswith(f"{INSTALLED}/"):
                assert (ROOT / word.removeprefix(f"{INSTALLED}/")).exists(), word


def test_a_unit_writes_only_where_its_state_is(unit):
    told = dict(lines(unit))
    state = f"/var/lib/{told['StateDirectory']}"
    assert told["Environment"] == f"MINISTRY_HOME={state}"
    assert told["ProtectSystem"] == "strict"
    assert not {"ReadWritePaths", "ExecStartPre"} & told.keys()


def test_systemd_reads_a_unit_without_a_complaint(unit, tmp_path):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(unit.read_text("utf-8"))
    assert parser.sections() == ["Unit", "Service", "Install"]
    here = tmp_path / unit.name
    # Where it is not installed, the programs are somewhere else.
    program = Path(sys.executable).with_name("python")
    text = unit.read_text("utf-8")
    here.write_text(text.replace(f"{INSTALLED}/.venv/bin/ministry", str(program)))
    done = analyze("verify", "--recursive-errors=no", str(here))
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_systemd_finds_a_misspelt_setting(tmp_path):
    unit = tmp_path / "ministry-web.service"
    unit.write_text(UNITS[0].read_text("utf-8").replace("ProtectHome=", "ProtectHouse="))
    assert "ProtectHouse" in analyze("verify", "--recursive-errors=no", str(unit)).stderr


def test_a_unit_may_do_little(unit):
    done = analyze("security", "--offline=true", f"--threshold={MOST_EXPOSED}", str(unit))
    assert done.returncode == 0, done.stdout


def instructions():
    """What the container file says, each instruction with its text on one line."""
    text = CONTAINER.read_text("utf-8").replace("\\\n", " ")
    return [
        tuple(line.split(None, 1)) for line in text.splitlines() if line.strip() and line[0] != "#"
    ]


def of(name):
    return [text for word, text in instructions() if word == name]


def test_the_container_copies_what_is_there_or_what_make_wheelhouse_makes():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    made = re.search(r"^wheelhouse:.*?(?=^\S)", makefile, re.M | re.S)
    assert "--dest wheelhouse" in made[0] and "$(RUN)" in made[0]
    taken = re.search(r"^RUN +:= \$\(patsubst %,requirements/%.txt,(.*)\)$", makefile, re.M)[1]
    for text in of("COPY"):
        source, target = text.split()
        assert source == target
        assert source == "wheelhouse/" or (ROOT / source).is_dir()
    for name in re.findall(r"-r (\S+)", " ".join(of("RUN"))):
        assert (ROOT / name).is_file()
        assert Path(name).stem in taken.split(), "what is installed is not in the wheelhouse"
    assert "--no-index" in " ".join(of("RUN")), "something would be fetched"


def test_the_container_starts_a_command_that_exists_as_somebody_without_rights():
    (command,) = of("CMD")
    given = understood(json.loads(command))
    assert given.address == "0.0.0.0"
    assert given.book == INSTALLED_BOOK
    (user,) = of("USER")
    assert f"useradd --uid 10001 --home-dir /var/lib/{user} " in of("RUN")[0]
    assert f"-m 0700 /var/lib/{user}" in of("RUN")[0]
    assert of("VOLUME") == [f"/var/lib/{user}"]
    assert f"MINISTRY_HOME=/var/lib/{user} " in of("ENV")[0]
    assert of("EXPOSE") == [str(given.port)]


INSTALLED_BOOK = Path(f"{INSTALLED}/books/model-ministry")


def test_the_container_asks_for_its_health_where_it_is_told():
    (check,) = of("HEALTHCHECK")
    program, option, code = json.loads(check.removeprefix("CMD "))
    assert (program, option) == ("python", "-c")
    ast.parse(code)
    path = re.search(r"http://127\.0\.0\.1:8000(/\w+)", code)[1]
    assert resolve(path).view_name
