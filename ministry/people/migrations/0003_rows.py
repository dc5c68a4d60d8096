"""The second wall before people and their offices (PostgreSQL)."""

from django.db import migrations

from ministry.labels.rows import walled


class Migration(migrations.Migration):
    dependencies = [("people", "0002_labels_and_clearances")]
    operations = [
        walled("people_person", "person-entry", "key"),
        walled("people_appointment", "appointment", "person_id", "office"),
    ]
