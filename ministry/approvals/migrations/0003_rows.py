"""The second wall before requests and what was done in danger (PostgreSQL)."""

from django.db import migrations

from ministry.labels.rows import walled


class Migration(migrations.Migration):
    dependencies = [("approvals", "0002_labels")]
    operations = [
        walled("approvals_request", "task", "requester", "*"),
        walled("approvals_exceeding", "task", "person", "*"),
    ]
