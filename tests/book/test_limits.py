"""Books that no ministry writes, and a machine might."""

import time

from tests.book.law import found, instrument
from writ.book.load import load_texts


def test_a_hierarchy_has_a_bottom() -> None:
    chain = "office a-0\n" + "".join(f"office a-{i}\n  is a-{i - 1}\n" for i in range(1, 2_000))
    _, diagnostics = load_texts({"law.md": instrument(chain)})
    assert {each.code for each in diagnostics} == {"V209"}


def test_a_circle_of_many_is_one_mistake() -> None:
    ring = "".join(f"office a-{i}\n  is a-{(i + 1) % 20}\n" for i in range(20))
    _, diagnostics = load_texts({"law.md": instrument(ring)})
    assert [each.code for each in diagnostics] == ["V208"]


def test_an_override_between_whole_codes_is_refused() -> None:
    many = "".join(f"power 1({i})\n  minister may sign\n" for i in range(600))
    _, diagnostics = found(f"{many}override 2\n  1 prevails over other 1", other=many)
    assert [each.code for each in diagnostics] == ["V233"]


def test_thousands_of_unknown_names_are_reported_in_time_and_in_part() -> None:
    block = "".join(f"power {i}\n  minister may sign-{i}\n" for i in range(3_000))
    words = "".join(f"act do-{i}\n" for i in range(2_000))
    start = time.process_time()
    _, diagnostics = found(block, more=words)
    assert time.process_time() - start < 5
    assert len(diagnostics) == 200
