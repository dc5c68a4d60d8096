"""The gate: the only way to change anything.

An act is asked for under its name in the Book. In one transaction the gate reads the edition in force, decides, lets
the act change its tables, and appends its record; or it refuses, and records that.
"""
