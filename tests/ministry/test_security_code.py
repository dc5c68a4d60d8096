"""What the code does not do, seen in the code itself: nothing that was sent is run, guessed at, or believed."""

import ast
import re
from collections import Counter
from pathlib import Path

from tests.ministry.serving import ROOT

CODE = sorted(
    path
    for name in ("ministry", "writ")
    for path in (ROOT / name).rglob("*.py")
    if "migrations" not in path.parts
)
TREES = {path: ast.parse(path.read_text("utf-8")) for path in CODE}
TEMPLATES = sorted((ROOT / "ministry").rglob("*.html"))
SCRIPTS = sorted(
    path
    for path in (
        *(ROOT / "ministry").rglob("static/**/*.js"),
        *(ROOT / "ministry").rglob("browser/**/*.js"),
    )
    if (path.name != "editor.js" and path != ROOT / "ministry/console/static/console/map.js")
    or "static" not in path.parts  # made of what others wrote, and of the latter
)
OURS = ROOT / "ministry"


def named(node):
    """The dotted name of what is called or read; empty where it is not a plain name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = named(node.value)
        return f"{before}.{node.attr}" if before else f".{node.attr}"
    return ""


CALLS = [
    (path.relative_to(ROOT).as_posix(), node, named(node.func))
    for path, tree in TREES.items()
    for node in ast.walk(tree)
    if isinstance(node, ast.Call)
]


def calls(only=ROOT):
    start = only.relative_to(ROOT).as_posix().removeprefix(".")
    return [one for one in CALLS if one[0].startswith(start)]


def imported():
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for one in node.names:
                    yield path.relative_to(ROOT).as_posix(), one.name
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield path.relative_to(ROOT).as_posix(), node.module


def test_nothing_is_run_that_was_data():
    found = [
        (path, name)
        for path, _, name in calls()
        if name in ("eval", "exec", "compile", "__import__", "os.system", "os.popen")
        or name.startswith(("os.exec", "os.spawn", "pty.", "commands."))
    ]
    # `ministry up` begins itself again with its own arguments; the engine compiles norms that the checks let pass.
    allowed = {("ministry/console/management/commands/up.py", "os.execv")}
    assert {one for one in found if one[0].startswith("ministry/")} <= allowed


def test_no_shell_is_ever_asked():
    for path, node, name in calls():
        if name.startswith("subprocess."):
            words = {one.arg: one.value for one in node.keywords}
            assert "shell" not in words, path
            assert node.args and isinstance(node.args[0], ast.List), (path, ast.unparse(node))


NOT_USED = {
    "pickle", "marshal", "shelve", "dill", "jsonpickle", "xml", "lxml", "defusedxml", "xmlrpc", "plistlib",
    "ldap", "ldap3", "memcache", "pymemcache", "pylibmc", "telnetlib", "ftplib", "ctypes",
    "graphene", "strawberry", "channels", "websockets", "aiortc", "jinja2", "mako",
}  # fmt: skip


def test_what_is_not_used_is_not_there():
    """No XML, LDAP, memcache, pickles, other templates, GraphQL, WebSocket, WebRTC: nothing can come in by them."""
    found = [(path, name) for path, name in imported() if name.split(".")[0] in NOT_USED]
    # A replay on the command line keeps what it has replayed in a file of its own, which it deletes; a proof is told
    # its book by the process that started it. Policies and law of others are read as XML on the command line, without
    # entities.
    assert {path for path, _ in found} <= WORKING_FILES | POLICY_FILES


WORKING_FILES = {
    f"writ/journal/{name}.py"
    for name in ("archive", "changes", "entry_log", "ledger", "moments", "snapshots")
} | {"writ/proof/pool.py", "writ/proof/worker.py"}
POLICY_FILES = {
    "writ/formats/xml.py",
    "writ/formats/legalruleml/markup.py",  # it writes, by `xml.sax.saxutils`, and reads nothing
}


def test_the_server_asks_for_nothing_that_reads_a_pickle_or_xml():
    files = WORKING_FILES | POLICY_FILES
    modules = {path.removesuffix(".py").replace("/", ".") for path in files}
    asked = [(path, name) for path, name in imported() if path.startswith("ministry/")]
    assert [one for one in asked if one[1] in modules] == OWN_CHILDREN


OWN_CHILDREN = [("ministry/statutes/impact.py", "writ.proof.pool")]
"""The worker of the server reads there what processes wrote that it has started itself, over pipes of their own."""


def test_yaml_and_the_like_are_read_as_plain_data():
    for path, node, name in calls():
        assert name not in ("yaml.load", "yaml.unsafe_load", "yaml.full_load", "yaml.load_all"), (
            path
        )
        if name == "yaml.parse":  # events, of which our own code makes plain data
            assert path in ("writ/engine/yaml_text.py", "writ/syntax/front.py"), path
        if name == "tarfile.open":
            # `statutes/tarred.py` unpacks nothing: plain files alone, by plain names.
            assert path.startswith("ministry/operations/") or path == "ministry/statutes/tarred.py"
        if name.endswith(".extractall"):
            assert {one.arg: ast.unparse(one.value) for one in node.keywords} == {
                "filter": "'data'"
            }


def test_queries_have_their_values_beside_them():
    """Nothing is asked of the database by the ways round the parameters; statements are words of the code."""
    round_it = ("objects.raw", "everything.raw", ".extra", "RawSQL")
    assert {(path, name) for path, _, name in calls(OURS) if name.endswith(round_it)} <= RAW
    for path, node, name in calls(OURS):
        if name.endswith((".execute", ".executemany")) and node.args:
            statement = node.args[0]
            said = ast.unparse(statement)
            assert not isinstance(statement, ast.BinOp), (path, said)  # no `%`, no `+`
            assert not re.search(r"\.(format|join|replace)\(", said), (path, said)
            if isinstance(statement, ast.JoinedStr) and path not in TABLES:
                parts = [one for one in statement.values if isinstance(one, ast.FormattedValue)]
                put_in = {ast.unparse(one.value) for one in parts}
                assert {one for one in put_in if not CONSTANT.fullmatch(one)} <= FIXED, (path, said)


RAW = {("ministry/console/explorer.py", "found.extra")}
"""Two words of a list of its own, so that the database sees that its index has them all."""
TABLES = ("ministry/labels/rows.py",)
"""Puts the names of our own tables into statements that make their policies, where no parameter can stand."""
CONSTANT = re.compile(r"[A-Z_]+(\[\w+\])?")
FIXED = {
    "mode",
    "'FULL' if wait else 'NORMAL'",
    "isolated if connection.vendor == 'postgresql' else ''",
}
"""What is put into statements: names and words of the code itself."""


def test_no_pattern_is_made_of_what_was_typed():
    for path, node, name in calls(OURS):
        if name in (
            "re.compile",
            "re.match",
            "re.search",
            "re.fullmatch",
            "re.sub",
            "re.split",
            "re.findall",
        ):
            assert isinstance(node.args[0], ast.Constant), (path, ast.unparse(node.args[0]))
        assert not any(
            (one.arg or "").endswith(("__regex", "__iregex")) for one in node.keywords
        ), path


def test_text_is_escaped_by_the_templates():
    for path in TEMPLATES:
        text = path.read_text("utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape off|\|\s*safeseq", text), path
        markup = re.sub(r"\{%.*?%\}", "", text)  # `{% with one=... %}` is no attribute
        assert not re.search(r"\son\w+\s*=|<style|javascript:", markup), path
        for script in re.findall(r"<script\b[^>]*>", text):
            assert " src=" in script, path
    marked = [
        path for path, _, name in calls(OURS) if name in ("mark_safe", "SafeString") and _.args
    ]
    assert marked == ["ministry/console/provisions.py"]  # set from Markdown that knows no HTML
    for path, node, name in calls(OURS):
        if name == "format_html":
            assert isinstance(node.args[0], ast.Constant), path


def test_templates_are_files_of_ours():
    for path, _, name in calls(OURS):
        assert name not in ("Template", "Engine", "from_string", "Engine.from_string"), path
        assert not name.endswith(".from_string"), path


def test_no_text_that_was_sent_is_a_format():
    for path, node, name in calls(OURS):
        if name.endswith((".format", ".format_map")) and not isinstance(
            node.func.value, ast.Constant
        ):
            if translated(node.func.value):
                continue
            assert FORMATS.fullmatch(ast.unparse(node.func)), (path, ast.unparse(node))
        if name.startswith(("log.", "logging.")) and name.rpartition(".")[2] in LEVELS:
            at = 1 if name.endswith(".log") else 0
            assert isinstance(node.args[at], ast.Constant), (path, ast.unparse(node))


def translated(node: ast.expr) -> bool:
    """Whether a format is a constant in the language of whoever reads: `gettext("...")`."""
    return (
        isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("gettext", "ngettext")
        and all(isinstance(one, ast.Constant) for one in node.args[: 1 + (len(node.args) > 1)])
    )


LEVELS = ("debug", "info", "warning", "error", "exception", "critical", "log")
FORMATS = re.compile(r"(plain|super\(\)|self|dateformat|[A-Z_]+|msgspec\.json)\.format")
"""Formats are constants of their modules."""


def test_what_must_not_be_guessed_comes_from_the_system():
    """`random` spreads waiting times and tidying, and nothing else; UUIDs name things and are no secrets."""
    used = Counter(path for path, _, name in calls(OURS) if name.startswith("random."))
    assert set(used) <= {
        "ministry/api/once.py",
        "ministry/identity/sessions.py",
        "ministry/client/wire.py",
        "ministry/timers/clock.py",
        "ministry/timers/outbox.py",
        "ministry/timers/leases.py",
        "ministry/timers/worker.py",
        "ministry/timers/watch.py",
        "ministry/gate/transaction.py",
        "ministry/database/transaction.py",
    }, used
    for path, _, name in calls(OURS):
        if name.startswith("random."):
            assert name in ("random.uniform", "random.random"), (path, name)


def test_only_hashes_and_ciphers_of_the_inventory_are_used():
    inventory = (ROOT / "docs" / "security.md").read_text("utf-8")
    for path, _, name in calls():
        module, _, what = name.rpartition(".")
        if module == "hashlib":
            assert what in HASHES, (path, name)
            assert HASHES[what] in inventory, what
    weak = r"\b(md5|sha1|des|rc4|ecb|pkcs1v15|blowfish)\b"
    for path, name in imported():
        assert not re.search(weak, name.lower()), (path, name)
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                assert node.attr.lower() not in ("md5", "sha1", "ecb", "pkcs1v15"), path


HASHES = {
    "sha256": "SHA-256",
    "sha512": "SHA-512",
    "file_digest": "SHA-256",
    "blake2b": "BLAKE2b",
}


def test_certificates_are_never_left_unchecked():
    for path, node, name in calls():
        for one in node.keywords:
            if one.arg in ("verify", "check_hostname"):
                assert ast.unparse(one.value) != "False", path
        assert "_create_unverified_context" not in name, path
    for path, tree in TREES.items():
        assert "CERT_NONE" not in {
            one.attr for one in ast.walk(tree) if isinstance(one, ast.Attribute)
        }, path


def test_what_asks_other_machines_is_known():
    """All modules that open connections; the table *Communication* of docs/operations.md has a row for each."""
    clients = {
        "http.client",
        "urllib.request",
        "requests",
        "smtplib",
        "socket",
        "ftplib",
        "httpx",
        "aiohttp",
    }
    found = {path for path, name in imported() if name in clients and path.startswith("ministry/")}
    assert found == {
        "ministry/client/wire.py",
        "ministry/console/management/commands/up.py",
        "ministry/identity/oidc.py",
        "ministry/register/witnessing.py",
        "ministry/timers/transports/mail.py",
        "ministry/timers/transports/webhook.py",
        *(one for one in OPENED if (ROOT / one).exists() and one in found),
    }, found


OPENED = ("ministry/register/management/commands/witness.py", "ministry/timers/worker.py")


def test_scripts_run_no_text():
    for path in SCRIPTS:
        text = path.read_text("utf-8")
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "__proto__",
            "Object.assign",
            "setTimeout('",
            'setTimeout("',
        ):
            assert word not in text, (path, word)


def test_debugging_is_off():
    text = (OURS / "settings.py").read_text("utf-8")
    assert re.findall(r"^DEBUG = (\w+)$", text, re.MULTILINE) == ["False"]
    assert "DEBUG" not in re.sub(r"^DEBUG = False$", "", text, flags=re.MULTILINE)


def test_no_test_code_is_in_what_is_installed():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    packages = re.search(
        r"\[tool\.hatch\.build\.targets\.wheel\]\n(?:.*\n)*?packages = (\[.*?\])", text
    )
    assert packages is not None
    assert "tests" not in packages[1] and "bench" not in packages[1]
    assert Path(OURS / "tests").exists() is False
