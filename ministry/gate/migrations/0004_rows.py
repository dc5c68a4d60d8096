"""The second wall before duties (PostgreSQL)."""

from django.db import migrations

from ministry.labels.rows import walled


class Migration(migrations.Migration):
    dependencies = [("gate", "0003_docket")]
    operations = [walled("gate_duty", "task", "", "*")]
