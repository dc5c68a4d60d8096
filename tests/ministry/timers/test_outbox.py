"""The outbox: at least once, with the same key each time, and nothing given up without a trace."""

import datetime as dt
import threading

import pytest
from django.core import mail
from django.db import transaction

from ministry.database.transaction import now
from ministry.timers import transports
from ministry.timers.models import Outbox, Stage
from ministry.timers.outbox import MOST_TRIES, Courier, post, withdraw
from ministry.timers.transports import Message, Never, NotNow
from ministry.timers.transports.mail import message_id
from ministry.timers.transports.mail import send as send_mail

SECOND = dt.timedelta(seconds=1)
sent = []
trouble = []


@transports.transport("pigeon")
def send(message):
    sent.append(message.key)
    if trouble:
        raise trouble[0]


@pytest.fixture(autouse=True)
def quiet():
    sent.clear()
    trouble.clear()


def courier(owner="one", lease=60 * SECOND):
    return Courier(owner, "pigeon", lease, threading.Event())


def put(key="k"):
    post("pigeon", "loft", "subject", "body", key)
    return Outbox.objects.get(key=key)


def again(one):
    return Outbox.objects.get(pk=one.pk)


def lapse(one):
    Outbox.objects.filter(pk=one.pk).update(wake=now() - SECOND)


def test_a_message_is_delivered_and_then_no_more(ministry):
    one = put()
    assert courier().once() == 1
    assert (again(one).stage, sent) == (Stage.DONE, ["k"])
    assert again(one).sent is not None
    assert courier().once() == 0


def test_a_key_is_in_the_outbox_once(ministry):
    put()
    courier().once()
    put()
    courier().once()
    assert sent == ["k"]


def test_what_is_undone_is_not_told(ministry):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        put()
        raise ZeroDivisionError
    assert courier().once() == 0


def test_a_message_that_cannot_be_delivered_now_waits_longer_each_time(ministry):
    one = put()
    trouble.append(NotNow("the loft is shut"))
    waits = []
    for _ in range(4):
        before = now()
        courier().once()
        waits.append((again(one).wake - before) / SECOND)
        lapse(one)
    assert again(one).error == "NotNow: the loft is shut"
    assert sent == ["k"] * 4
    for tries, wait in enumerate(waits, 1):
        assert 2**tries / 2 <= wait <= 2**tries + 5
    trouble.clear()
    courier().once()
    assert again(one).stage == Stage.DONE


def test_a_message_that_never_arrives_is_parked_in_the_end(ministry):
    one = put()
    trouble.append(OSError("no wind"))
    for _ in range(MOST_TRIES):
        lapse(one)
        courier().once()
    assert again(one).stage == Stage.PARKED
    lapse(one)
    assert courier().once() == 0


def test_a_message_that_is_not_wanted_is_parked_at_once(ministry):
    one = put()
    trouble.append(Never("no such loft"))
    courier().once()
    assert (again(one).stage, again(one).error) == (Stage.PARKED, "no such loft")


def test_the_message_of_a_lost_courier_is_sent_again_with_the_same_key(ministry):
    from ministry.timers import leases

    one = put()
    (held,) = leases.claim(Outbox.objects.all(), "lost", 60 * SECOND, 1)
    assert courier().once() == 0
    lapse(one)
    assert courier("two").once() == 1
    assert not courier("lost").deliver(held)
    assert sent == ["k", "k"]
    assert again(one).stage == Stage.DONE


def test_a_message_may_be_withdrawn_until_a_courier_has_it(ministry):
    from ministry.timers import leases

    put()
    assert withdraw("k")
    assert not withdraw("k")
    assert courier().once() == 0
    put("other")
    leases.claim(Outbox.objects.all(), "one", 60 * SECOND, 1)
    assert not withdraw("other")


def test_a_courier_serves_its_own_transport(ministry):
    post("mail", "duty@example.org", "subject", "body", "m")
    assert courier().once() == 0


def test_mail_carries_one_message_id_at_every_try(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    for _ in range(2):
        send_mail(Message("k-1", "duty@example.org", "A\nsubject", "Text"))
    first, second = (one.message() for one in mail.outbox)
    assert first["Message-ID"] == second["Message-ID"] == message_id("k-1") != message_id("k-2")
    assert (first["To"], first["Subject"]) == ("duty@example.org", "A subject")


def test_mail_without_a_server_is_written_into_the_home_folder(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path
    assert settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")
    send_mail(Message("k-1", "duty@example.org", "Subject", "Text"))
    (file,) = tmp_path.iterdir()
    assert "To: duty@example.org" in file.read_text("utf-8")


def test_an_address_with_a_line_break_is_refused():
    with pytest.raises(Never):
        send_mail(Message("k", "duty@example.org\nBcc: all@example.org", "Subject", "Text"))


@pytest.mark.parametrize(("code", "error"), [(550, Never), (450, NotNow)])
def test_what_a_mail_server_refuses_for_good_is_not_tried_again(monkeypatch, code, error):
    import smtplib

    def refuse(self, fail_silently=False):
        raise smtplib.SMTPRecipientsRefused({"nobody@example.org": (code, b"no")})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    with pytest.raises(error):
        send_mail(Message("k", "nobody@example.org", "Subject", "Text"))
