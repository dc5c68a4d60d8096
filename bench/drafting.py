"""What the compiler answers an editor of a draft: from the request to the answer, in processor time of the server.

`python -m bench.drafting` asks for the model ministry and for a book of 20,000 norms: diagnostics after each key of a
word typed into a block, completion, and saves.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

HOME = tempfile.mkdtemp(prefix="bench-drafting-")
os.environ["MINISTRY_HOME"] = HOME
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ministry.settings")
NORMS, INSTRUMENTS, TIMES = 20_000, 2_000, 30


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from bench import corpus
    from tests.ministry.people import founded, texts

    call_command("migrate", verbosity=0)
    founded()
    told("the model ministry", texts(), "organisation-act.md")
    folder = Path(HOME, "book")
    corpus.write(folder, NORMS, INSTRUMENTS)
    large = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.md"))
    }
    file = sorted(name for name in large if "book.md" not in name)[len(large) // 2]
    told(f"{NORMS:,} norms in {len(large):,} files", large, file)


def told(name: str, files: dict[str, str], file: str) -> None:
    """Print what each sort of question costs."""
    from django.test import Client, override_settings

    from ministry.editions.apply import deposit
    from ministry.statutes.drafts import store
    from tests.ministry.console.conftest import session_of
    from tests.ministry.people import key

    digest = deposit(files)
    draft = store.opened("bench", "", digest, key("bo"))
    client = Client(SERVER_NAME="localhost")
    client.cookies["session"] = session_of("bo")
    text = files[file]
    at = text.rindex("may ") + 4
    number = 0

    def ask(what: str, **given: object) -> float:
        began = time.process_time()
        answer = client.post(
            f"/statutes/drafts/{draft.key}/{what}",
            json.dumps({"file": file, **given}),
            "application/json",
        )
        assert answer.status_code == 200, answer.content[:300]
        return (time.process_time() - began) * 1000

    print(f"{name}: {file}, {len(text):,} characters")
    with override_settings(LIMITS=dict.fromkeys(("draft-saves", "draft-looks"), (10**9, 60))):
        print(f"  first look              {ask('diagnostics', text=text):9.0f} ms")
        print(f"  first look once more    {ask('diagnostics', text=text):9.0f} ms")
        found: dict[str, list[float]] = {}
        for time_ in range(TIMES):
            typed = text[:at] + "abcdefghij"[: time_ % 10 + 1] + text[at:]
            line = typed[: at + 1].count("\n")
            found.setdefault("broken, then whole", []).append(ask("diagnostics", text=typed))
            found.setdefault("whole again", []).append(ask("diagnostics", text=text))
            prose = text.replace("\n\n", f"\n\nProse {time_}.\n\n", 1) if time_ else text
            found.setdefault("a word of prose", []).append(ask("diagnostics", text=prose))
            found.setdefault("completion", []).append(
                ask("completion", text=typed, line=line, column=6)
            )
            number += 1
            found.setdefault("a save", []).append(
                ask(
                    "save",
                    text=f"{text}\n{time_}\n",
                    based_on=number - 1,
                    save_id=f"bench-{number:08}",
                )
            )
        for what, costs in found.items():
            costs.sort()
            print(
                f"  {what:22}  {statistics.median(costs):9.1f} ms median"
                f"  {costs[int(len(costs) * 0.95)]:9.1f} ms p95"
            )


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(HOME, ignore_errors=True)
