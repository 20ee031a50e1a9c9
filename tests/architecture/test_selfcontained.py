"""The project speaks of itself alone, needs no network to run, and knows no machine."""

from __future__ import annotations

import ast
import re
import tomllib

from tests.architecture.house import ROOT, TEMPLATES, modules, named, texts

NETWORK = {"aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "ssl", "urllib", "urllib3", "xmlrpc"}
# Put together here, so that this file does not mention what it forbids.
REGISTRIES = [
    ".".join(name) for name in (("pypi", "org"), ("python" + "hosted", "org"), ("npmjs", "org"), ("debian", "org"))
]
MACHINE = re.compile(r"(?<![\w.\-/~])(/(?:work|farm|home|root|Users|opt|mnt)/\w|[A-Z]:\\\\?Users)")
FETCHED = re.compile(r"""(?:src|href)=["']?(?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//|<script|<link\b""", re.I)


def test_nothing_in_the_package_speaks_over_a_network() -> None:
    speaks = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            imported = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                imported = [node.module or ""]
            speaks += [f"{named(path)}: {name}" for name in imported if name.partition(".")[0] in NETWORK]
        if re.search(r"\bhttpfs\b|\bINSTALL\s+\w+", path.read_text(encoding="utf-8")):
            speaks.append(f"{named(path)}: a DuckDB extension")
    assert speaks == []


def test_templates_fetch_nothing() -> None:
    fetched = [
        f"{named(path)}:{number}"
        for path in sorted(TEMPLATES.rglob("*.j2"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if FETCHED.search(line)
    ]
    assert fetched == []


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    names = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE.search(line) or any(registry in line for registry in REGISTRIES)
    ]
    assert names == []


def test_the_pinned_tools_are_hashed_and_cover_what_is_declared() -> None:
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", pinned.split("\n", 2)[2])
    assert [entry.split(" ")[0] for entry in entries if "--hash=sha256:" not in entry] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    declared += project["optional-dependencies"]["dev"]
    wanted = {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in declared}
    assert wanted - {entry.split("==")[0] for entry in entries} == set(), "python3 dev.py lock"
