"""The picture of who may import whom, kept true: see docs/decisions/ and the README's map."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions

import pytest

from tests.support.tree import ROOT, files, name_of, pyproject, shipped, shipped_modules

BELOW = {
    "queueing": set(),
    "catalogue": {"queueing"},
    "printer": {"queueing"},
    "voice": {"queueing"},
    "boards": {"queueing"},
    "web": {"catalogue", "queueing"},
    "kiosk": {"web", "catalogue", "queueing", "printer.slip", "printer.paper"},
    "display": {"web", "catalogue", "queueing", "voice", "boards"},
    "agents": {"web", "catalogue", "queueing", "printer.profiles", "printer.worker"},
    "staff": {"web", "catalogue", "queueing", "voice.ready"},
    "staff.console": {"staff", "web", "catalogue", "queueing", "voice.ready"},
    "staff.supervisor": {"staff", "web", "catalogue", "queueing", "voice.ready"},
    "staff.admin": {
        "staff",
        "web",
        "catalogue",
        "queueing",
        "voice",
        "boards",
        "printer.slip",
        "printer.layout",
        "printer.logo",
        "printer.paper",
        "printer.transport",
        "printer.finding",
        "printer.profiles",
        "printer.serial",
        "printer.trial_job",
        "printer.ways",
    },
}
ABOVE_ALL = {"app", "cli", "commands"}
CABLES = ("usb", "serial", "windows", "agent")
SURFACES = {"kiosk", "display", "agents", "staff.console", "staff.supervisor", "staff.admin"}
SQL_HOMES = ("queueing/store/", "queueing/history.py", "catalogue/store.py")
SQL = (
    "SELECT ",
    "INSERT INTO ",
    "UPDATE ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "DROP TABLE ",
    "ALTER TABLE ",
    "PRAGMA ",
    "BEGIN IMMEDIATE",
    "VACUUM",
    "ATTACH ",
)


def dotted(name: str) -> str:
    """`staff/console/views.py` → `staff.console.views`."""
    return name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def room(module: str) -> str:
    """Return the room a module stands in: its top-level package, or its surface in `staff`."""
    parts = module.split(".")
    surface = ".".join(parts[:2])
    return surface if surface in BELOW else parts[0]


def imports(name: str, tree: ast.Module) -> Iterator[str]:
    """Yield every module that a file imports, also inside functions, as `a.b` or `a.b.thing`."""
    package = dotted(name).split(".")
    if not name.endswith("__init__.py"):
        package = package[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def all_imports() -> Iterator[tuple[str, str]]:
    for name, tree in shipped_modules().items():
        for module in imports(name, tree):
            yield name, module


def within(module: str, place: str) -> bool:
    return module == place or module.startswith(f"{place}.")


def allowed(importer: str, module: str) -> bool:
    home = room(importer)
    if home in ABOVE_ALL or within(module, home):
        # What the surfaces of `staff` share may not reach down into one of them.
        return home != "staff" or room(module) == "staff"
    return any(
        within(module, place) and (room(module) == room(place)) for place in BELOW.get(home, ())
    )


@pytest.mark.parametrize(
    ("importer", "module", "fine"),
    [
        ("kiosk.views", "web.access", True),
        ("kiosk.views", "printer.slip.draw", True),
        ("kiosk.views", "printer.spool", False),
        ("kiosk.views", "display.state", False),
        ("staff.admin.views", "printer.transport.send", True),
        ("staff.console.views", "printer.slip", False),
        ("staff.console.views", "staff.frame", True),
        ("staff.console.views", "staff.supervisor.state", False),
        ("staff.frame", "staff.console.state", False),
        ("web.live", "kiosk.state", False),
        ("queueing.tickets", "web.errors", False),
        ("printer.spool", "web.config", False),
        ("catalogue.search", "queueing.texts", True),
        ("app", "kiosk.views", True),
    ],
)
def test_the_picture_is_read_right(importer: str, module: str, fine: bool) -> None:
    assert allowed(importer, module) is fine


def test_imports_go_downwards_only() -> None:
    ours = set(shipped())
    astray = [
        f"{name} imports {module}"
        for name, module in all_imports()
        if f"{module.split('.')[0]}" in {top.removesuffix(".py") for top in ours}
        and not allowed(dotted(name), module)
    ]
    assert astray == []


def test_surfaces_never_import_each_other() -> None:
    astray = [
        f"{name} imports {module}"
        for name, module in all_imports()
        if {room(dotted(name)), room(module)} <= SURFACES and room(dotted(name)) != room(module)
    ]
    assert astray == []


def test_the_domain_needs_nothing_but_python() -> None:
    foreign = [
        f"{name} imports {module}"
        for name, module in all_imports()
        if room(dotted(name)) == "queueing"
        and module.split(".")[0] not in {"queueing", *sys.stdlib_module_names}
    ]
    assert foreign == []


def importers(place: str) -> set[str]:
    return {room(dotted(name)) for name, module in all_imports() if within(module, place)}


def test_the_command_line_takes_only_the_factory_from_the_app() -> None:
    taken = {module for name, module in all_imports() if name != "app.py" and within(module, "app")}
    assert taken == {"app.create_app"}
    assert importers("app") == {"cli"}


def test_nothing_imports_the_command_line() -> None:
    assert importers("cli") == set()
    assert importers("commands") <= {"cli", "commands"}


def prose(tree: ast.Module) -> set[int]:
    """Return the ids of docstrings and other strings that stand alone."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def test_sql_stands_only_in_the_stores() -> None:
    astray = []
    for name, tree in shipped_modules().items():
        if name.startswith(SQL_HOMES):
            continue
        skip = prose(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if id(node) not in skip and node.value.lstrip().startswith(SQL):
                    astray.append(f"{name}:{node.lineno}: {node.value.strip()[:40]}")
            elif isinstance(node, ast.Attribute) and node.attr in {
                "execute",
                "executemany",
                "executescript",
            }:
                astray.append(f"{name}:{node.lineno}: .{node.attr}")
    assert astray == []


def test_only_live_emits_on_a_socket() -> None:
    astray = []
    for name, tree in shipped_modules().items():
        if name == "web/live.py" or name.startswith("web/live/"):
            continue
        astray += [
            f"{name}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "emit"
        ]
        astray += [
            f"{name} imports {module}"
            for module in imports(name, tree)
            if module in {"flask_socketio.emit", "flask_socketio.send"}
        ]
    assert astray == []


def top_level_names() -> set[str]:
    return {name_of(path).split("/")[0] for path in files() if path.suffix == ".py"}


def test_no_top_level_name_shadows_a_module_of_pythons() -> None:
    names = {name.removesuffix(".py") for name in top_level_names()}
    assert names & set(sys.stdlib_module_names) == set()


def test_every_top_level_package_is_in_the_wheel_or_is_a_tool() -> None:
    assert top_level_names() - set(shipped()) <= {"tests", "benchmarks", "tools", "docs"}


def test_every_folder_with_code_in_it_is_a_package() -> None:
    folders = {(ROOT / name).parent for name in shipped_modules()} - {ROOT}
    assert [name_of(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def declared() -> set[str]:
    project = pyproject()["project"]
    extras = project["optional-dependencies"]  # type: ignore[index]
    needed = list(project["dependencies"])  # type: ignore[index]
    # what a printer's cable needs is fetched where there is such a cable
    needed += [line for name in CABLES for line in extras[name]]
    return {re.split(r"[><=!~; \[]", line)[0].lower() for line in needed}


def elsewhere() -> set[str]:
    """Return what only another system has."""
    return set() if sys.platform == "win32" else {"pywin32"}


def used() -> set[str]:
    """Return the distributions that the program imports from."""
    homes = packages_distributions()
    return {
        home.lower()
        for _, module in all_imports()
        for home in homes.get(module.split(".")[0], ())
        if home != "denluot"
    }


def test_every_declared_dependency_is_used() -> None:
    # Flask-SocketIO finds simple-websocket by itself, and zoneinfo tzdata.
    assert declared() - used() - elsewhere() == {"simple-websocket", "tzdata"}


def test_every_package_in_use_is_declared() -> None:
    # Flask is the door to its own parts.
    assert used() - declared() <= {"werkzeug", "jinja2", "markupsafe", "itsdangerous"}


def test_the_version_is_written_once() -> None:
    version = pyproject()["project"]["version"]  # type: ignore[index]
    repeats = [
        f"{name}:{node.lineno}"
        for name, tree in shipped_modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value == version
    ]
    assert repeats == []
