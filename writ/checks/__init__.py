"""What a careful reader of the law would notice: one check a file, with its documentation in it.

`writ.checks.run` runs them; `writ.checks.registry` lists them; `writ.checks.check` says what a check is.
"""
