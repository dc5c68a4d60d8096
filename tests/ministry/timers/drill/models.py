"""What the steps of the drill do in the database: nothing keeps them from doing it twice but the watch."""

from typing import ClassVar

from django.db import models

from ministry.database.states import State


class Effect(models.Model):
    state = State.WORKING

    key = models.CharField(max_length=200)

    class Meta:
        app_label = "drill"
        indexes: ClassVar = [models.Index(fields=["key"], name="effect_key")]
