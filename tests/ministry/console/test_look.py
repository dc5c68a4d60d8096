"""How pages look: colours from one place, light or dark as the reader chose, readable in both."""

import re

import pytest

from ministry.console.look import Look, chosen
from tests.ministry.console.conftest import Somebody
from tests.ministry.serving import ROOT

SOURCE = ROOT / "ministry" / "console" / "browser"
TOKENS = (SOURCE / "_tokens.scss").read_text("utf-8")
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"^  ([a-z0-9-]+): \((#[0-9a-f]{6}), (#[0-9a-f]{6})\),$", TOKENS, re.MULTILINE
    )
}
LITERAL = re.compile(
    r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b(?![\w-])|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\("
    r"|(?<![\w-])(?:white|black|red|green|blue|yellow|orange|gr[ae]y|silver|navy|teal)(?![\w-])",
    re.IGNORECASE,
)


def literals(text):
    """The colours that a source of styles names itself; what stands in comments and quotes is not one."""
    bare = re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)
    return LITERAL.findall(re.sub(r"\"[a-z-]+\"(?=:)", "", bare))


def found():
    yield from (one for one in SOURCE.glob("*.scss") if one.name != "_tokens.scss")
    yield from (SOURCE / "editor").glob("*.js")
    yield from SOURCE.glob("*.js")


STYLES = sorted(found())


@pytest.mark.parametrize("path", STYLES, ids=lambda one: one.name)
def test_no_colour_stands_outside_the_tokens(path):
    assert literals(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text", ["color: #fff", "fill: #16202A;", "x: rgba(0, 0, 0, 0.2)", "color: white", '"#0f5468"']
)
def test_a_colour_is_known_where_it_stands(text):
    assert literals(text)


@pytest.mark.parametrize("path", sorted(ROOT.glob("ministry/**/*.html")), ids=lambda one: one.name)
def test_no_template_names_a_colour(path):
    assert not re.search(r"#[0-9a-f]{6}\b|rgba?\(", path.read_text("utf-8"), re.IGNORECASE)


@pytest.mark.parametrize("path", STYLES, ids=lambda one: one.name)
def test_every_colour_that_is_used_is_there(path):
    names = set(re.findall(r"^  ([a-z0-9-]+): \(", TOKENS, re.MULTILINE))
    text = path.read_text("utf-8")
    own = set(re.findall(r"(--[a-z0-9-]+):", text))
    used = set(re.findall(r"var\((--[a-z][a-z0-9-]*)\)", text))
    assert {one for one in used - own if not one.startswith("--_")} <= {f"--{one}" for one in names}


def luminance(colour):
    """Relative luminance, by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


STATES = ("plain", "ok", "bad", "warn", "info", "open", "clash")
LIE = ("page", "surface", "surface-sunk", "surface-raised", "surface-row", "surface-foot", "field")
WORDS = (
    [(text, on) for text in ("text", "text-soft", "muted", "link", "link-hover") for on in LIE]
    + [("text", on) for on in ("surface-here", "found", "bad-faint", "warn-faint", "info-faint")]
    + [("text-soft", "surface-hover"), ("muted", "surface-here"), ("link", "info-faint")]
    + [(f"{one}-text", f"{one}-surface") for one in STATES]
    + [("bad", "surface"), ("ok-text", "surface"), ("bad-text", "surface-foot")]
    + [(f"{one}-text", one) for one in ("gone", "come", "demo", "chosen", "focus", "bar", "button")]
    + [("chosen-muted", "chosen"), ("bar-muted", "bar"), ("bar-text", "bar-hover")]
    + [("button-text", one) for one in ("button-hover", "danger", "danger-hover")]
    + [(f"marking-{one}-text", f"marking-{one}") for one in (1, 2, 3, 4)]
    + [(f"editor-{one}", "editor") for one in ("heading", "keyword", "string", "number", "comment")]
    + [("muted", "editor-gutter"), ("text", "editor-select"), ("editor-keyword", "editor-line")]
)
MARKS = (
    [(one, "surface") for one in (*STATES, "brand", "border", "chart-line")]
    + [(f"chart-{one}", "surface") for one in range(1, 7)]
    + [("border", "field"), ("border", "page"), ("focus", "bar")]
)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_and_marks_are_told_from_what_they_lie_on(scheme):
    faint = [
        (one, on, round(contrast(COLOURS[one][scheme], COLOURS[on][scheme]), 2))
        for pairs, least in ((WORDS, 4.5), (MARKS, 3.0))
        for one, on in pairs
        if contrast(COLOURS[one][scheme], COLOURS[on][scheme]) < least
    ]
    # A mark of warning has its word beside it, on what lies below that word.
    assert [one for one in faint if one[0] != "warn"] == []


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_what_has_the_focus_has_an_edge_that_is_seen(scheme):
    for on in LIE:
        assert any(
            contrast(COLOURS[one][scheme], COLOURS[on][scheme]) >= 3
            for one in ("focus", "focus-edge")
        )


def test_contrast_is_reckoned_as_wcag_does():
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def html_tag(page):
    return re.search(r"<html[^>]*>", page.html)[0]


def test_the_system_of_the_reader_decides_until_they_choose(house):
    assert "data-scheme" not in html_tag(Somebody("ada").sees("/"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_was_chosen_stands_on_every_page_when_it_arrives(house, scheme):
    ada = Somebody("ada")
    page = ada.does("/preferences/", scheme=scheme, keys="on")
    assert page.status == 302
    for path in ("/", "/sign-in/", "/book/", "/nothing/", "/account/sessions/"):
        assert f'data-scheme="{scheme}"' in html_tag(ada.sees(path))
    ada.does("/preferences/", scheme="system", keys="on")
    assert "data-scheme" not in html_tag(ada.sees("/"))


def test_whoever_did_not_sign_in_may_choose_too(house):
    nobody = Somebody()
    assert nobody.sees("/preferences/").status == 200
    nobody.does("/preferences/", scheme="dark", keys="on")
    assert 'data-scheme="dark"' in html_tag(nobody.sees("/sign-in/"))


def test_the_choice_is_kept_where_no_script_and_no_other_host_reads_it(house):
    response = Somebody("ada").does("/preferences/", scheme="dark", keys="on").response
    cookie = response.cookies["look"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value == "scheme=dark&keys=on"


@pytest.mark.parametrize(
    "back", ["//elsewhere.example/", "https://elsewhere.example/", "javascript:x"]
)
def test_whoever_chose_goes_back_to_where_they_were_and_nowhere_else(house, back):
    ada = Somebody("ada")
    assert ada.does("/preferences/", scheme="dark", next="/book/").response["Location"] == "/book/"
    assert ada.does("/preferences/", next=back).response["Location"] == "/preferences/"
    assert back not in ada.sees("/preferences/", next=back).html


@pytest.mark.parametrize(
    "value", ["", "scheme=%22%3E", "x" * 5000, "scheme=dark&scheme", "keys=\x00", "&&=="]
)
def test_a_cookie_of_somebody_else_changes_nothing(house, value):
    ada = Somebody("ada")
    ada.client.cookies["look"] = value
    page = ada.sees("/")
    assert page.status == 200
    assert not re.search(r'data-scheme="(?!dark")', html_tag(page))


def test_what_is_no_choice_is_as_none():
    assert chosen("purple", "perhaps") == Look()
    assert chosen("dark", "off") == Look("dark", keys=False)


def test_single_keys_are_switched_off_by_leaving_out_their_script(house):
    ada = Somebody("ada")
    assert "console/keys.js" in ada.sees("/").html
    ada.does("/preferences/", scheme="system")
    assert "console/keys.js" not in ada.sees("/").html
    assert "Single keys are switched off" in ada.sees("/keys/")
    ada.does("/preferences/", scheme="system", keys="on")
    assert "console/keys.js" in ada.sees("/").html


def test_a_letter_leads_to_one_desk():
    from ministry.console import context

    letters = [one[2] for one in (*context.DESKS, *context._more) if one[2]]
    assert len(letters) == len(set(letters)) >= 7
    with pytest.raises(ValueError, match="the letter t leads to /"):
        context.desk("/elsewhere/", "Elsewhere", "t")
    assert "/elsewhere/" not in {one[0] for one in context._more}


def test_the_list_of_keys_names_every_desk_that_has_a_letter(house):
    page = Somebody("ada").sees("/keys/")
    for letter, name in (("t", "Today"), ("l", "Law and policy"), ("j", "Journal")):
        assert f"g {letter} {name}" in page
