"""The graph of a book: what rests on what, and what its shape tells."""

from __future__ import annotations

import xml.etree.ElementTree as xml
from pathlib import Path

import pytest
import rustworkx
from hypothesis import given
from hypothesis import strategies as st

from tests.command import Run
from tests.corpus.graph_books import ACT, CONSTITUTION, DAY, REGULATION, gates, graph
from writ.book.load import load_book
from writ.corpus.graph.analysis import analysed
from writ.corpus.graph.building import build
from writ.corpus.graph.graphml import dot, graphml
from writ.corpus.graph.model import EDGES, Edge, Graph, Node
from writ.corpus.graph.pictures import picture
from writ.corpus.graph.selection import VIEWS, around, by_instrument, find, view

BOOKS = sorted((Path(__file__).parents[2] / "books").iterdir())


def edges(one: Graph, *kinds: str) -> set[tuple[str, str]]:
    return {(each.source, each.target) for each in one.edges if each.kind in kinds}


def test_an_instrument_stands_under_the_provision_that_it_is_made_under():
    assert edges(graph(), "under") == {
        ("instrument:gates-act", "provision:constitution/1"),
        ("instrument:gate-rules", "provision:gates-act/1(1)"),
    }


def test_provisions_stand_in_one_another_as_their_headings_do():
    found = edges(graph(), "part-of")
    assert ("provision:gates-act/1(1)", "provision:gates-act/1") in found
    assert ("provision:gates-act/1", "instrument:gates-act") in found
    assert ("norm:gates-act/1(2)", "provision:gates-act/1(2)") in found
    assert ("provision:gates-act/29.26", "instrument:gates-act") in found  # and not in 29


@pytest.mark.parametrize(
    ("kind", "source", "target"),
    [
        ("bears", "actor:minister", "norm:gates-act/1(1)"),
        ("about", "norm:gates-act/1(1)", "act:open-gate"),
        ("requires", "norm:gates-act/1(1)", "act:consult-auditor"),
        ("begins", "norm:gates-act/1(1)", "state:opening"),
        ("delegates", "norm:gates-act/1(2)", "act:open-gate"),
        ("delegates-to", "norm:gates-act/1(2)", "actor:secretary"),
        ("owed-to", "norm:gates-act/2", "actor:parliament"),
        ("opens", "act:open-gate", "norm:gates-act/2"),
        ("overrides", "norm:gates-act/2(2)", "norm:gates-act/3"),
        ("enables", "norm:constitution/1", "act:legislate"),
        ("enacted-by", "instrument:gates-act", "actor:parliament"),
        ("answers-for", "instrument:gates-act", "actor:minister"),
        ("reports-to", "actor:clerk", "actor:secretary"),
        ("succession", "actor:secretary", "actor:clerk"),
        ("part-of", "actor:minister", "actor:ministry"),
        ("repeals", "provision:gate-rules/2(2)", "provision:gates-act/3"),
    ],
)
def test_each_relation_is_an_edge(kind: str, source: str, target: str):
    assert (source, target) in edges(graph(), kind)


def test_nodes_and_edges_say_where_they_are_written():
    made = graph()
    assert made.nodes["provision:gates-act/2"].line == ACT.split("\n").index("## 2 Reports") + 1
    under = next(
        each
        for each in made.edges
        if each.source == "instrument:gate-rules" and each.kind == "under"
    )
    assert (under.file, under.line > 0) == ("gate-rules.md", True)


def test_what_is_not_in_force_on_the_day_is_marked():
    made = graph()
    assert made.nodes["norm:gates-act/3"].status == "repealed"
    assert made.nodes["norm:gates-act/2"].status == ""


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name)
def test_of_every_book_no_edge_leads_nowhere(path: Path):
    made = build(load_book(path)[0], DAY)
    assert all(each.source in made.nodes and each.target in made.nodes for each in made.edges)
    assert {each.kind for each in made.edges} <= set(EDGES)
    assert analysed(made).circles == ()


def test_a_focus_goes_up_to_the_highest_law_and_down_to_what_rests_on_it():
    up = around(graph(), "actor:secretary", 9, "up").nodes
    assert "instrument:constitution" in up and "actor:auditor" not in up
    assert set(around(graph(), "actor:clerk", 1, "down").nodes) == {
        "actor:clerk",
        "actor:secretary",
    }
    down = around(graph(), "provision:gates-act/1(1)", 1, "down").nodes
    assert "instrument:gate-rules" in down and "instrument:constitution" not in down
    assert set(around(graph(), "actor:clerk", 0).nodes) == {"actor:clerk"}


def test_instruments_can_stand_for_all_that_is_in_them():
    whole = by_instrument(view(graph(), "authority"))
    assert {each.kind for each in whole.nodes.values()} == {"instrument", "actor", "act"}
    (under,) = [
        each
        for each in whole.edges
        if each.source == "instrument:gate-rules" and each.kind == "under"
    ]
    assert (under.target, under.words) == ("instrument:gates-act", "s. 1(1)")
    assert whole.notes == ["7 provisions and norms are shown as their 2 instruments"]


def test_a_name_is_found_as_people_write_it():
    made = graph()
    assert find(made, "minister") == ["actor:minister"]
    assert find(made, "gates-act 1(1)") == ["provision:gates-act/1(1)"]
    assert find(made, "the clerk") == ["actor:clerk"]
    assert find(made, "nobody-at-all") == []


def test_single_points_of_authority_and_the_longest_chain():
    found = analysed(graph())
    first, second = found.points[:2]
    assert (first.node, first.instruments) == ("provision:constitution/1", 2)
    # All powers and duties: of the constitution's own, the one in this provision.
    assert first.powers == 6
    assert (second.node, second.instruments, second.powers) == ("provision:gates-act/1", 1, 4)
    assert found.chain == (
        "norm:gate-rules/1",
        "provision:gate-rules/1",
        "instrument:gate-rules",
        "provision:gates-act/1(1)",
        "provision:gates-act/1",
        "instrument:gates-act",
        "provision:constitution/1",
        "instrument:constitution",
    )
    assert found.parts == (23,)


def test_a_circle_of_authority_is_shown_in_its_order():
    nodes = {id: Node(id, "instrument", id) for id in "abc"}
    ring = [Edge("a", "b", "under"), Edge("b", "c", "under"), Edge("c", "a", "under")]
    (circle,) = analysed(Graph("ring", nodes, ring)).circles
    start = circle.index("a")
    assert circle[start:] + circle[:start] == ("a", "b", "c")
    assert analysed(Graph("ring", nodes, ring)).chain == ()


def test_two_ways_up_are_no_single_point():
    made = graph()
    made.edges.append(Edge("instrument:gate-rules", "provision:gates-act/2", "under"))
    nodes = {each.node for each in analysed(made).points}
    assert "provision:gates-act/1(1)" not in nodes and "provision:constitution/1" in nodes


def test_graphml_is_read_by_another_library(tmp_path: Path):
    made = graph()
    path = tmp_path / "law.graphml"
    path.write_text(graphml(made), "utf-8")
    (read,) = rustworkx.read_graphml(str(path))
    assert (read.num_nodes(), read.num_edges()) == (len(made.nodes), len(made.edges))
    kinds = {read.nodes()[at]["id"]: read.nodes()[at]["kind"] for at in read.node_indices()}
    assert kinds == {id: node.kind for id, node in made.nodes.items()}


NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"


@given(st.text(max_size=30), st.text(max_size=30))
def test_graphml_has_the_form_of_its_schema(title: str, words: str):
    node = Node("a:1", "act", title, title)
    text = graphml(Graph(title, {"a:1": node}, [Edge("a:1", "a:1", "is-a", words, "why")], [words]))
    root = xml.fromstring(text.encode("utf-8", "surrogatepass") if title.isascii() else text)
    assert [each.tag for each in root][-1] == f"{NAMESPACE}graph"
    keys = {each.get("id"): each.get("for") for each in root.findall(f"{NAMESPACE}key")}
    (drawn,) = root.findall(f"{NAMESPACE}graph")
    assert drawn.get("edgedefault") == "directed"
    for one in drawn:
        sort = one.tag.removeprefix(NAMESPACE)
        assert sort in ("data", "node", "edge")
        for each in one.findall(f"{NAMESPACE}data"):
            assert keys[each.get("key")] == sort
    for each in drawn.findall(f"{NAMESPACE}data"):
        assert keys[each.get("key")] == "graph"


def test_dot_quotes_what_would_end_a_name():
    text = dot(Graph('a "b"', {'x"y': Node('x"y', "act", "back\\slash")}, []))
    assert 'digraph "a \\"b\\"" {' in text and '"x\\"y" [label="back\\\\slash"];' in text


# --- pictures

SVG = "{http://www.w3.org/2000/svg}"


def drawn(one: Graph, of: str, focus: str = "") -> xml.Element:
    return xml.fromstring(picture(view(one, of), of, gates().ranks, focus))


def words_of(element: xml.Element) -> str:
    return " ".join(" ".join(each.itertext()) for each in element.iter(f"{SVG}text"))


@pytest.mark.parametrize("of", [*VIEWS, "all"])
def test_a_picture_is_whole_and_needs_nothing_else(of: str):
    root = drawn(graph(), of)
    assert root.find(f"{SVG}title") is not None and root.find(f"{SVG}desc") is not None
    assert root.get("role") == "img"
    text = picture(view(graph(), of), of, gates().ranks)
    assert (
        "http://" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")
        and "https://" not in text
    )
    assert "prefers-color-scheme:dark" in text and "@media print" in text
    links = [each.get("href") or "" for each in root.iter(f"{SVG}a")]
    assert links and all(link.partition("#L")[0].endswith(".md") for link in links)


def test_the_constitution_is_drawn_over_the_statute_and_that_over_the_regulation():
    boxes = {}
    for each in drawn(graph(), "authority").iter(f"{SVG}g"):
        if each.get("class", "").startswith("box") and each.get("transform"):
            y = float((each.get("transform") or "").split()[-1].rstrip(")"))
            boxes[words_of(each)] = y
    order = [
        next(y for words, y in boxes.items() if name in words)
        for name in ("Constitution", "Gates Act", "Gate Rules")
    ]
    assert order == sorted(order) and len(set(order)) == 3
    assert any("under s. 1(1)" in words for words in boxes)


def test_boxes_do_not_overlap():
    for path in BOOKS:
        book = load_book(path)[0]
        made = build(book, DAY)
        for of in VIEWS:
            shown = []
            for each in xml.fromstring(picture(view(made, of), of, book.ranks)).iter(f"{SVG}g"):
                place = each.get("transform") or ""
                if each.get("class", "").startswith("box") and each.get("id"):
                    x, y = map(float, place.removeprefix("translate(").rstrip(")").split())
                    frame = each.find(f"{SVG}rect")
                    assert frame is not None
                    shown.append(
                        (x, y, float(frame.get("width", 0)), float(frame.get("height", 0)))
                    )
            for at, (x, y, w, h) in enumerate(shown):
                for x2, y2, w2, h2 in shown[at + 1 :]:
                    assert (
                        x + w <= x2 + 1 or x2 + w2 <= x + 1 or y + h <= y2 + 1 or y2 + h2 <= y + 1
                    )


def test_no_picture_is_a_tangle():
    nodes = {f"actor:{n}": Node(f"actor:{n}", "actor", f"Office {n}") for n in range(300)}
    many = [Edge(f"actor:{n}", f"actor:{n * 7 % 300}", "owed-to") for n in range(1, 300)]
    text = picture(Graph("many", nodes, many), "all", ())
    assert text.count('class="box actor"') <= 32
    assert "with the fewest links are not shown" in text


def test_a_long_list_is_counted_and_no_fan():
    law = {"instrument:a": Node("instrument:a", "instrument", "Act", rank=0, instrument="a")}
    rules = {
        f"instrument:r{n}": Node(
            f"instrument:r{n}", "instrument", f"Rule {n}", rank=1, instrument=f"r{n}"
        )
        for n in range(90)
    }
    under = [Edge(id, "instrument:a", "under", "4(1)") for id in rules]
    text = picture(Graph("long", law | rules, under), "authority", ("statute", "regulation"))
    assert "and 61 more" in text and text.count('<path class="" d=') == 1


# --- the command


def test_the_command_writes_each_format(run: Run, tmp_path: Path):
    book = tmp_path / "book"
    book.mkdir()
    for name, text in (
        ("book", "---\nbook: g\ntitle: G\n---\n"),
        ("constitution", CONSTITUTION),
        ("gates-act", ACT),
        ("gate-rules", REGULATION),
    ):
        (book / f"{name}.md").write_text(text, "utf-8")
    for ending, start in (("graphml", "<?xml"), ("svg", "<svg"), ("json", "{"), ("dot", "digraph")):
        out = tmp_path / f"law.{ending}"
        assert run("graph", book, "-o", out).status == 0
        assert out.read_text("utf-8").startswith(start)
    ran = run("graph", book, "--from", "secretary", "--direction", "up", "--depth", "9")
    assert ran.status == 0 and "reports-to" in ran.out
    ran = run("graph", book, "--in", "gate-rules", "--of", "all", "--format", "json")
    assert '"instrument": "gate-rules"' in ran.out and "provision:gates-act/29" not in ran.out
    ran = run("graph", book, "--from", "ministre")
    assert ran.status == 2 and "minister" in ran.err
    assert run("graph", book, "--depth", "2").status == 2
    assert run("graph", book, "--in", "gates").status == 2
    assert run("graph", book, "-o", tmp_path / "no" / "x.svg").status == 2
    assert run("graph", tmp_path / "nowhere").status == 2
