"""The second wall before notices (PostgreSQL); what is in the log already is told nobody."""

from typing import Any

from django.db import migrations

from ministry.labels.rows import walled


def begin(apps: Any, schema_editor: Any) -> None:
    leaves = apps.get_model("register", "Leaf").objects.count()
    if leaves:
        apps.get_model("notices", "Reach").objects.create(of="log", leaves=leaves)


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("register", "0004_rows")]
    operations = [
        walled("notices_notice", "task", "subject", "office"),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
