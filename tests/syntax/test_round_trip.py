"""What is printed parses to the tree that it was printed from."""

from hypothesis import given
from hypothesis import strategies as st

from tests.syntax import generated
from tests.syntax.bare import bare
from writ.syntax import tree as t
from writ.syntax.layout import WIDTH
from writ.syntax.parser import parse_condition, parse_text
from writ.syntax.printed import print_statement
from writ.syntax.printer import print_bearer, print_condition, print_expression


@given(generated.condition)
def test_a_condition_parses_to_itself(node: t.Condition) -> None:
    found, diagnostics = parse_condition(print_condition(node))
    assert not diagnostics
    assert bare(found) == bare(node)


@given(generated.expression)
def test_an_expression_parses_to_itself(node: t.Expr) -> None:
    found, diagnostics = parse_condition(f"x is {print_expression(node)}")
    assert not diagnostics
    assert isinstance(found, t.Compare)
    assert bare(found.right) == bare(node)


@given(generated.bearer)
def test_a_bearer_parses_to_itself(node: t.Bearer) -> None:
    found, diagnostics = parse_condition(f"x done by {print_bearer(node)}")
    assert not diagnostics
    assert isinstance(found, t.Done)
    assert bare(found.by) == bare(node)


@given(st.lists(generated.statement, min_size=1, max_size=3))
def test_statements_parse_to_themselves(nodes: list[t.Statement]) -> None:
    printed = "\n\n".join(map(print_statement, nodes))
    file, diagnostics = parse_text("a.md", f"```writ\n{printed}\n```\n")
    assert not diagnostics, (printed, diagnostics)
    assert [bare(node) for node in file.statements] == [bare(node) for node in nodes]


@given(generated.assurance())
def test_an_assurance_parses_to_itself(node: t.AssuranceStatement) -> None:
    file, diagnostics = parse_text("a.md", f"```writ\n{print_statement(node)}\n```\n")
    assert not diagnostics
    assert [bare(each) for each in file.statements] == [bare(node)]


@given(st.one_of(generated.norm(), generated.assurance()))
def test_lines_are_no_wider_than_the_page_where_they_can_be_broken(node: t.Statement) -> None:
    for line in print_statement(node).split("\n"):
        assert len(line) <= WIDTH or '"' in line
