"""`ministry worker`, as far as it ends by itself."""

import datetime as dt
import re
import signal
from io import StringIO

import pytest
from django.core.management import call_command

from ministry.cli import usage
from ministry.database.transaction import now
from ministry.notices.models import Reach
from ministry.notices.telling import LOG
from ministry.timers.models import Outbox, Stage, Step, Timer
from ministry.timers.outbox import post
from ministry.timers.set import set_timer


@pytest.fixture(autouse=True)
def signals():
    """The command listens to signals; the tests do not."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def worker(*options):
    out = StringIO()
    call_command("worker", *options, stdout=out)
    return out.getvalue()


def letters(*options):
    """What was done, without the steps that fall due whenever a minute is full, and without what notices follow."""
    before = aside()
    said = re.fullmatch(r"(\d+) done\n", worker(*options))
    return int(said[1]) - (aside() - before)


def aside():
    followed = Reach.objects.filter(of=LOG).values_list("leaves", flat=True).first() or 0
    return Step.objects.count() + followed


def test_it_does_what_is_due_and_delivers_what_came_of_it(ministry, settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    post("mail", "duty@example.org", "A review is due", "Text", "k")
    assert letters("--once") == 1
    assert Outbox.objects.get().stage == Stage.DONE
    assert len(list((tmp_path / "mail").iterdir())) == 1
    assert letters("--once") == 0


def test_it_lists_what_was_given_up_and_lets_it_be_tried_again(ministry):
    set_timer("remind", "r", now() + dt.timedelta(days=1))
    Timer.objects.update(stage=Stage.PARKED, error="the office is vacant")
    post("mail", "duty@example.org", "", "", "k")
    Outbox.objects.update(stage=Stage.PARKED, error="no such address")
    said = worker("--parked")
    assert "remind r: the office is vacant" in said
    assert "mail: no such address" in said
    assert "duty@example.org" not in said
    assert worker("--unpark") == "2 to be tried again\n"
    assert worker("--parked") == ""
    assert Timer.objects.get().stage == Outbox.objects.get().stage == Stage.WAITING


def test_the_command_line_knows_it():
    assert "worker " in usage()
