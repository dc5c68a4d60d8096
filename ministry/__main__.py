"""`python -m ministry`."""

import sys

from ministry.cli import main

sys.exit(main())
