"""The second wall before handover notes (PostgreSQL): of two people each is one's own, so that is left to whoever asks."""

from django.db import migrations

from ministry.labels.rows import walled


class Migration(migrations.Migration):
    dependencies = [("rosters", "0001_initial")]
    operations = [walled("rosters_handover", "task", "*", "office")]
