"""The second wall before records (PostgreSQL)."""

from django.db import migrations

from ministry.labels.rows import walled


class Migration(migrations.Migration):
    dependencies = [("register", "0003_labels")]
    operations = [walled("register_record", "record", "person", "actor")]
