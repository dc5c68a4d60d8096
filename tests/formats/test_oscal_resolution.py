"""Profiles resolved: by the specification, clause by clause, and as compliance-trestle resolves the real ones."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from tests.formats.test_oscal import CATALOG, DATA, METADATA, RESOURCE, needs_data
from writ.formats.oscal.reading import read, read_file
from writ.formats.oscal.resolution import resolve
from writ.formats.oscal.selection import controls_of
from writ.formats.oscal.sources import Sources


def profile(**members: Any) -> dict[str, Any]:
    base = {"uuid": "33333333-3333-4333-8333-333333333333", "metadata": METADATA}
    return {"profile": base | {"imports": [{"href": "catalog.json"}]} | members}


@pytest.fixture
def resolved(tmp_path):
    """What a profile resolves to, beside the catalogue; and what was said, as codes and messages."""
    (tmp_path / "catalog.json").write_text(json.dumps({"catalog": CATALOG}), "utf-8")

    def run(data: dict[str, Any], **files: dict[str, Any]):
        for name, held in files.items():
            (tmp_path / f"{name}.json").write_text(json.dumps(held), "utf-8")
        (tmp_path / "profile.json").write_text(json.dumps(data), "utf-8")
        document, found = read_file(tmp_path / "profile.json")
        assert found == []
        made, found = resolve(document)
        if made is not None:
            again = read(json.dumps({"catalog": made.data}).encode("utf-8"), "resolved.json")[1]
            assert again == [] or found
        return (made and made.data), [(one.code, one.message) for one in found]

    return run


def ids(data: dict[str, Any]) -> list[str]:
    return [control["id"] for control, _ in controls_of(data)]


def including(**selection: Any) -> list[dict[str, Any]]:
    return [{"href": "catalog.json", "include-controls": [selection]}]


AS_IS = {"as-is": True}


# --- imports


def test_without_a_selection_all_is_included(resolved):
    assert ids(resolved(profile(merge=AS_IS))[0]) == ["ac-1", "ac-1.1", "ac-2"]
    every = [{"href": "catalog.json", "include-all": {}}]
    assert ids(resolved(profile(imports=every, merge=AS_IS))[0]) == ["ac-1", "ac-1.1", "ac-2"]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ({"with-ids": ["ac-1"]}, ["ac-1"]),
        ({"with-ids": ["ac-1"], "with-child-controls": "yes"}, ["ac-1", "ac-1.1"]),
        ({"with-ids": ["ac-1"], "with-child-controls": "no"}, ["ac-1"]),
        ({"with-ids": ["ac-1.1", "ac-2"]}, ["ac-1.1", "ac-2"]),
        ({"matching": [{"pattern": "ac-1*"}]}, ["ac-1", "ac-1.1"]),
        ({"matching": [{"pattern": "*-2"}]}, ["ac-2"]),
        (
            {"matching": [{"pattern": "ac-?"}], "with-child-controls": "yes"},
            ["ac-1", "ac-1.1", "ac-2"],
        ),
    ],
)
def test_controls_are_selected_by_id_and_by_pattern(resolved, selection, expected):
    data, found = resolved(profile(imports=including(**selection), merge=AS_IS))
    assert ids(data) == expected
    assert found == []
    if expected == ["ac-1.1", "ac-2"]:  # a control whose own is left out stands in its place
        assert [one["id"] for one in data["groups"][0]["controls"]] == expected


def test_what_is_excluded_is_not_included(resolved):
    excluding = [
        {"href": "catalog.json", "include-all": {}, "exclude-controls": [{"with-ids": ["ac-1"]}]}
    ]
    assert ids(resolved(profile(imports=excluding, merge=AS_IS))[0]) == ["ac-1.1", "ac-2"]
    excluding[0]["exclude-controls"][0]["with-child-controls"] = "yes"
    data, _ = resolved(profile(imports=excluding, merge=AS_IS))
    assert ids(data) == ["ac-2"]
    excluding[0]["exclude-controls"] = [{"matching": [{"pattern": "*"}]}]
    assert "groups" not in resolved(profile(imports=excluding, merge=AS_IS))[0]


def test_a_profile_may_import_a_profile(resolved):
    inner = profile(
        imports=including(**{"with-ids": ["ac-1", "ac-2"]}),
        merge=AS_IS,
        modify={"set-parameters": [{"param-id": "ac-1_prm_1", "values": ["all"]}]},
    )
    outer = profile(
        imports=[{"href": "inner.json", "include-controls": [{"with-ids": ["ac-1"]}]}], merge=AS_IS
    )
    data, found = resolved(outer, inner=inner)
    assert found == [] and ids(data) == ["ac-1"]
    assert data["groups"][0]["controls"][0]["params"][0]["values"] == ["all"]


def test_a_circle_of_profiles_is_refused(resolved):
    turn = profile(imports=[{"href": "profile.json"}])
    assert resolved(turn)[1][0][0] == "X405"
    assert resolved(profile(imports=[{"href": "b.json"}]), b=turn)[1][0][0] == "X405"


def test_a_source_is_found_through_the_back_matter_or_not_at_all(resolved):
    matter = {
        "resources": [
            {"uuid": RESOURCE, "rlinks": [{"href": "x/none.xml"}, {"href": "catalog.json"}]}
        ]
    }
    linked = profile(imports=[{"href": f"#{RESOURCE}"}], **{"back-matter": matter})
    assert len(ids(resolved(linked)[0])) == 3
    assert resolved(profile(imports=[{"href": "#gone"}]))[1] == [
        ("X405", "the back matter has no resource `gone`")
    ]
    missing = resolved(profile(imports=[{"href": "https://example.org/catalog.json"}]))
    assert missing == (None, [("X405", "`https://example.org/catalog.json` is not at hand")])


def test_ids_that_are_not_there_are_reported(resolved):
    data, found = resolved(
        profile(
            imports=including(**{"with-ids": ["ac-9"]}),
            modify={
                "set-parameters": [{"param-id": "no", "values": ["x"]}],
                "alters": [{"control-id": "ac-2", "adds": [{"title": "T"}]}],
            },
        )
    )
    assert data is not None and [code for code, _ in found] == ["X406"] * 3


def test_a_broken_source_is_told_with_its_place(resolved, tmp_path):
    broken = {"catalog": CATALOG | {"controls": [{"id": "x-1", "title": 4}]}}
    assert resolved(profile(imports=[{"href": "b.json"}]), b=broken)[1] == [
        ("X403", "`title` is a text, at `catalog/controls/0/title`")
    ]
    deep = {
        "catalog": CATALOG | {"controls": [{"id": "x-1", "title": "T", "parts": [{"prose": "x"}]}]}
    }
    assert resolved(profile(imports=[{"href": "b.json"}]), b=deep)[1] == [
        ("X403", "a part has `name`, at `catalog/controls/0/parts/0`")
    ]


def test_an_unknown_member_of_a_source_stays(resolved):
    odd = {"catalog": CATALOG | {"controls": [{"id": "x-1", "title": "T", "odd": 1}]}}
    data, found = resolved(profile(imports=[{"href": "b.json"}], merge=AS_IS), b=odd)
    assert data["controls"][0]["odd"] == 1
    assert [code for code, _ in found] == ["X404"]


# --- merge


def test_flat_is_one_list_and_the_default(resolved):
    for merge in ({}, {"flat": {}}):
        data, _ = resolved(profile(merge=merge))
        assert [one["id"] for one in data["controls"]] == ["ac-1", "ac-1.1", "ac-2"]
        assert "groups" not in data and "controls" not in data["controls"][0]
        assert [one["id"] for one in data["params"]] == ["p-0"]


def test_as_is_keeps_groups_and_custom_makes_its_own(resolved):
    data, _ = resolved(profile(merge=AS_IS))
    assert data["groups"][0]["title"] == "Access" and data["groups"][0]["parts"]
    deepest = {"order": "descending", "include-controls": [{"matching": [{"pattern": "ac-1*"}]}]}
    custom = {
        "groups": [
            {
                "id": "mine",
                "title": "Mine",
                "insert-controls": [{"include-controls": [{"with-ids": ["ac-2"]}]}],
                "groups": [{"title": "In", "insert-controls": [deepest]}],
            }
        ],
    }
    data, found = resolved(profile(merge={"custom": custom}))
    assert found == [] and "controls" not in data
    mine = data["groups"][0]
    assert [one["id"] for one in mine["controls"]] == ["ac-2"]
    assert [one["id"] for one in mine["groups"][0]["controls"]] == ["ac-1.1", "ac-1"]
    custom = {"insert-controls": [{"exclude-controls": [{"with-ids": ["ac-2"]}]}]}
    data, _ = resolved(profile(merge={"custom": custom}))
    assert [one["id"] for one in data["controls"]] == ["ac-1", "ac-1.1"]
    none = {"insert-controls": [{"include-controls": [{"with-ids": ["x-1"]}]}]}
    assert [code for code, _ in resolved(profile(merge={"custom": none}))[1]] == ["X406"]


def test_two_structures_at_once_are_refused(resolved):
    assert resolved(profile(merge={"flat": {}, "as-is": True}))[1][0][0] == "X403"


@pytest.mark.parametrize(
    ("method", "count"), [("keep", 2), ("use-first", 1), ("merge", 1), ("", 2)]
)
def test_clashes_are_combined_as_the_profile_says(resolved, method, count):
    changed = json.loads(json.dumps(CATALOG))
    changed["groups"][0]["controls"][1] |= {
        "title": "Other",
        "parts": [{"name": "guidance", "prose": "More."}],
    }
    twice = [
        *including(**{"with-ids": ["ac-2"]}),
        {**including(**{"with-ids": ["ac-2"]})[0], "href": "b.json"},
    ]
    merge = {"as-is": True} | ({"combine": {"method": method}} if method else {})
    data, found = resolved(profile(imports=twice, merge=merge), b={"catalog": changed})
    assert ids(data) == ["ac-2"] * count
    assert len(data["groups"]) == 1
    first = data["groups"][0]["controls"][0]
    assert first["title"] == "Accounts"
    assert ("parts" in first) == (method == "merge")
    assert [code for code, _ in found] == (["X406"] if count == 2 else [])


def test_several_imports_of_one_file_are_one_selection(resolved):
    both = [*including(**{"with-ids": ["ac-1.1"]}), *including(**{"with-ids": ["ac-1", "ac-2"]})]
    data, found = resolved(profile(imports=both, merge=AS_IS))
    assert found == [] and ids(data) == ["ac-1", "ac-1.1", "ac-2"]
    assert [one["id"] for one in data["groups"][0]["controls"]] == ["ac-1", "ac-2"]


def test_equal_controls_are_one(resolved):
    other = [*including(**{"with-ids": ["ac-2"]}), {"href": "b.json"}]
    data, found = resolved(profile(imports=other, merge=AS_IS), b={"catalog": CATALOG})
    assert ids(data) == ["ac-2", "ac-1", "ac-1.1"] and found == []
    twice = including(**{"with-ids": ["ac-2"]}) * 2
    data, found = resolved(profile(imports=twice, merge=AS_IS))
    assert ids(data) == ["ac-2"] and found == []


# --- modify


def changed(resolved, **alter: Any) -> dict[str, Any]:
    data, found = resolved(
        profile(
            imports=including(**{"with-ids": ["ac-1"]}),
            merge=AS_IS,
            modify={"alters": [{"control-id": "ac-1", **alter}]},
        )
    )
    assert found == []
    return data["groups"][0]["controls"][0]


NEW = {"id": "new", "name": "item", "prose": "New."}


@pytest.mark.parametrize(
    ("addition", "where", "expected"),
    [
        ({}, (), ["ac-1_smt", None, "new"]),
        ({"position": "ending"}, (), ["ac-1_smt", None, "new"]),
        ({"position": "starting"}, (), ["new", "ac-1_smt", None]),
        ({"position": "after", "by-id": "ac-1_smt"}, (), ["ac-1_smt", "new", None]),
        ({"position": "before", "by-id": "ac-1_smt"}, (), ["new", "ac-1_smt", None]),
        ({"position": "starting", "by-id": "ac-1_smt"}, (0,), ["new", "ac-1_smt.a"]),
        ({"position": "ending", "by-id": "ac-1_smt"}, (0,), ["ac-1_smt.a", "new"]),
        ({"by-id": "ac-1_smt.a"}, (0, 0), ["new"]),
        ({"position": "after", "by-id": "ac-1_smt.a"}, (0,), ["ac-1_smt.a", "new"]),
    ],
)
def test_parts_are_added_at_their_place(resolved, addition, where, expected):
    item = changed(resolved, adds=[{**addition, "parts": [NEW]}])
    for step in where:
        item = item["parts"][step]
    assert [one.get("id") for one in item["parts"]] == expected


def test_title_params_props_and_links_are_added(resolved):
    addition = {
        "title": "New title",
        "params": [{"id": "q"}],
        "props": [{"name": "n", "value": "v"}],
        "links": [{"href": "#ac-2"}],
    }
    control = changed(resolved, adds=[addition])
    assert control["title"] == "New title"
    assert [one["id"] for one in control["params"]][-1] == "q"
    assert control["props"][-1] == {"name": "n", "value": "v"}
    assert control["links"][-1] == {"href": "#ac-2"}


@pytest.mark.parametrize(
    ("removal", "gone"),
    [
        ({"by-id": "ac-1_smt.a"}, "the rules"),
        ({"by-name": "guidance"}, "**two**"),
        ({"by-item-name": "link"}, "#ac-2"),
        ({"by-item-name": "prop", "by-name": "label"}, "AC-1"),
        ({"by-id": "ac-1_prm_2"}, "one-or-more"),
    ],
)
def test_what_fits_all_that_is_said_is_removed(resolved, removal, gone):
    assert gone in json.dumps(CATALOG["groups"][0]["controls"][0])
    assert gone not in json.dumps(changed(resolved, removes=[removal]))


def test_parameters_are_set(resolved):
    setting = {
        "param-id": "ac-1_prm_1",
        "label": "staff",
        "values": ["all staff"],
        "constraints": [{"description": "Not none."}],
        "props": [{"name": "own", "value": "1"}],
    }
    modify = {"set-parameters": [setting, {"param-id": "p-0", "values": ["no"]}]}
    before = json.dumps(CATALOG)
    data, found = resolved(profile(merge=AS_IS, modify=modify))
    param = data["groups"][0]["controls"][0]["params"][0]
    expected = {"id": "ac-1_prm_1", "usage": "Which roles.", **setting}
    del expected["param-id"]
    assert param == expected and found == []
    assert data["params"][0]["values"] == ["no"]
    assert json.dumps(CATALOG) == before


# --- the rest of the catalogue


def test_only_resources_that_are_referred_to_stay(resolved):
    data, _ = resolved(profile(merge=AS_IS))
    assert [one["uuid"] for one in data["back-matter"]["resources"]] == [RESOURCE]
    data, _ = resolved(profile(imports=including(**{"with-ids": ["ac-2"]}), merge=AS_IS))
    assert "back-matter" not in data


def test_the_catalogue_names_its_profile_and_is_the_same_each_time(resolved):
    data, _ = resolved(profile())
    assert data["metadata"]["links"] == [{"href": "profile.json", "rel": "source-profile"}]
    assert data["uuid"] not in (CATALOG["uuid"], profile()["profile"]["uuid"])
    assert resolved(profile())[0] == data


# --- the baselines, as compliance-trestle 5.2 resolves them

EXPECTED = {
    "ISM_PROTECTED": (992, "ee24d61a5623e4da", 0, "4f53cda18c2baa0c"),
    "ISM_SECRET": (1057, "5ac3219d02363862", 0, "4f53cda18c2baa0c"),
    "ISM_TOP_SECRET": (1066, "7c5adac1b554748d", 0, "4f53cda18c2baa0c"),
    "NIST_SP-800-53_rev5_HIGH": (370, "23149bb2120d9654", 607, "51b3d7db85b05183"),
    "NIST_SP-800-53_rev5_LOW": (149, "309c10d7d21af593", 359, "9726a282739a6ea7"),
    "NIST_SP-800-53_rev5_MODERATE": (287, "51c350fce7e32a27", 506, "eee0e9bc175dacd0"),
    "NIST_SP-800-53_rev5_PRIVACY": (96, "227d2ec426d123d8", 192, "67541b3cceeea554"),
}
"""How many controls, and how the SHA-256 of their sorted ids as JSON begins; the same of parameters with values."""
TAILORED = (10, "dc6ee8dc18307c03", 35, "cf682bde6f560598")
"""The same of the profile of `test_a_tailored_profile_is_resolved_as_trestle_resolves_it`."""
NIST = DATA / "NIST_SP-800-53_rev5_catalog-5.0.1.json"


def digest(data: Any) -> str:
    return hashlib.sha256(json.dumps(data).encode("utf-8")).hexdigest()[:16]


def params(data: dict[str, Any]) -> list[tuple[str, list[str]]]:
    found = [(one["id"], one.get("values", [])) for one in data.get("params", ())]
    for name in ("controls", "groups"):
        for one in data.get(name, ()):
            found += params(one)
    return found


def summary(data: dict[str, Any]) -> tuple[int, str, int, str]:
    listed, values = sorted(ids(data)), sorted(params(data))
    return len(listed), digest(listed), len(values), digest(values)


@needs_data
@pytest.mark.parametrize("name", EXPECTED)
def test_the_baselines_are_resolved_as_trestle_resolves_them(name):
    document, _ = read_file(DATA / f"{name}-baseline_profile.json")
    catalog = DATA / "ISM_catalog.json" if name.startswith("ISM") else NIST
    made, found = resolve(document, Sources([catalog]))
    assert found == []
    assert summary(made.data) == EXPECTED[name]


@needs_data
def test_the_outline_of_a_catalogue_gives_what_the_whole_gives():
    document, _ = read_file(DATA / "NIST_SP-800-53_rev5_PRIVACY-baseline_profile.json")
    whole = Sources([NIST])
    whole.read[NIST] = read_file(NIST)
    assert resolve(document, whole)[0].data == resolve(document, Sources([NIST]))[0].data


@needs_data
def test_a_tailored_profile_is_resolved_as_trestle_resolves_it(tmp_path):
    low = DATA / "NIST_SP-800-53_rev5_LOW-baseline_profile.json"
    imports = [
        {
            "href": str(low),
            "include-controls": [
                {"with-ids": ["ac-1", "ac-2"], "with-child-controls": "yes"},
                {"with-ids": ["at-1", "at-2", "at-2.2"]},
            ],
            "exclude-controls": [{"with-ids": ["at-2.2"]}],
        },
        {
            "href": str(NIST),
            "include-controls": [{"with-ids": ["au-10"], "with-child-controls": "yes"}],
        },
    ]
    modify = {
        "set-parameters": [
            {"param-id": "ac-1_prm_1", "values": ["all staff"]},
            {"param-id": "ac-1_prm_3", "label": "the chief"},
        ],
        "alters": [
            {
                "control-id": "ac-1",
                "removes": [{"by-id": "ac-1_smt.b"}],
                "adds": [
                    {"position": "after", "by-id": "ac-1_smt.a", "parts": [NEW]},
                    {"position": "starting", "props": [{"name": "mine", "value": "1"}]},
                ],
            }
        ],
    }
    path = tmp_path / "tailored.json"
    path.write_text(json.dumps(profile(imports=imports, merge=AS_IS, modify=modify)), "utf-8")
    document, _ = read_file(path)
    made, found = resolve(document, Sources([NIST]))
    assert found == []
    assert summary(made.data) == TAILORED


def test_a_source_that_is_nested_too_deep_is_refused(resolved):
    inner: dict[str, Any] = {"name": "n"}
    for _ in range(200):
        inner = {"name": "n", "parts": [inner]}
    deep = CATALOG | {"controls": [{"id": "x-1", "title": "T", "parts": [inner]}]}
    found = resolved(profile(imports=[{"href": "b.json"}]), b={"catalog": deep})
    assert found == (None, [("X402", "the data is too deeply nested")])
