"""A worker puts the records into the log and asks the witnesses, without being told."""

from ministry.command import acts as command
from ministry.command.data import Enrolment
from ministry.register.models import Checkpoint, Pending
from ministry.register.rounds import Sequencing, Witnessing
from ministry.timers.watch import others
from ministry.timers.worker import Worker


def test_a_worker_goes_the_rounds_of_the_log():
    assert {type(one) for one in others()} >= {Sequencing, Witnessing}
    assert {type(one) for one in Worker().rounds()} >= {Sequencing, Witnessing}


def test_one_round_puts_everything_into_the_log(ministry):
    command.enrol(ministry.ada, Enrolment(sign_in="gus", name="G"))
    Sequencing().once()
    assert not Pending.objects.exists()
    assert Checkpoint.objects.latest("size").note
    assert Sequencing().once() == 0
