"""How the command line starts and ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time

import pytest

from writ import __version__
from writ.cli.entry import COMMANDS

WRIT = (sys.executable, "-m", "writ")


def test_the_version(run):
    assert run("--version") == (0, f"writ {__version__}\n", "")


def test_both_modules_are_the_command_line():
    for module in ("writ", "writ.cli"):
        ran = subprocess.run(
            [sys.executable, "-m", module, "--version"], capture_output=True, text=True, check=True
        )
        assert ran.stdout == f"writ {__version__}\n"


def test_the_version_loads_nothing_heavy():
    code = (
        "import sys; from writ.cli import main; main(['--version']);"
        "print(sorted({'argparse', 'msgspec', 'yaml', 'numpy', 'markdown_it'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_a_check_loads_neither_arrays_nor_shell_completion(book):
    code = (
        f"import sys; from writ.cli import main; main(['check', {str(book)!r}]);"
        "print(sorted({'numpy', 'shtab', 'hypothesis'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_help_lists_every_command(run):
    ran = run("--help")
    assert ran.status == 0
    for command in COMMANDS:
        assert re.search(rf"^    {command}(  |$)", ran.out, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run, command):
    ran = run(command, "--help")
    assert ran.status == 0
    assert ran.out.startswith(f"usage: writ {command}")


def test_without_a_command_help_is_given_and_nothing_done(run):
    ran = run()
    assert ran.status == 2
    assert ran.out.startswith("usage: writ")


def test_a_misspelt_command_has_a_suggestion(run):
    assert run("chek") == (2, "", "writ: `chek` is not a command\n  did you mean `check`?\n")


def test_an_unknown_option_is_named(run, book):
    ran = run("check", book, "--frobnicate")
    assert ran == (
        2,
        "",
        "writ: `writ check` does not take `--frobnicate`\n  `writ check --help`\n",
    )


def test_options_are_not_abbreviated(run, book):
    assert run("check", book, "--js").status == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_knows_every_command(run, shell):
    ran = run("completion", shell)
    assert ran.status == 0
    assert all(command in ran.out for command in COMMANDS)


def test_a_closed_pipe_ends_it_quietly(book):
    ran = subprocess.Popen(
        [*WRIT, "vocabulary", str(book)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert ran.stdout is not None
    ran.stdout.close()
    _, said = ran.communicate(timeout=20)
    assert (ran.returncode, said) == (141, b"")


def test_ctrl_c_ends_it_quietly():
    code = (
        "import signal, sys; from writ.cli import main;"
        "signal.signal(signal.SIGINT, signal.default_int_handler);"
        "print('ready', flush=True); sys.exit(main(['fmt', '-']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        assert ran.stdout.readline() == b"ready\n"
        time.sleep(0.1)
        ran.send_signal(signal.SIGINT)
        assert ran.wait(timeout=20) == 130
        assert ran.stderr.read() == b""


def on_a_terminal(words, environment):
    """What a command prints on a terminal."""
    pty = pytest.importorskip("pty")
    here, there = pty.openpty()
    with subprocess.Popen(
        words, stdout=there, stderr=there, env={**os.environ, "TERM": "xterm", **environment}
    ):
        os.close(there)
        said = b""
        while True:
            try:
                piece = os.read(here, 4096)
            except OSError:  # the other end has gone
                break
            if not piece:
                break
            said += piece
    os.close(here)
    return said


def test_colour_is_for_terminals_that_want_it(broken):
    words = [*WRIT, "check", str(broken)]
    assert b"\x1b[1;31merror[V201]" in on_a_terminal(words, {"NO_COLOR": ""})
    assert b"\x1b" not in on_a_terminal(words, {"NO_COLOR": "1"})
    assert b"\x1b" not in subprocess.run(words, capture_output=True, check=False).stdout
