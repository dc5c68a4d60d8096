"""Merging what several people write in one file: functions of texts alone."""
