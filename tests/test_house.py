"""The house: one way down, leaves that do not know each other, no clock, no printing or writing out of place."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from xqctl import registry
from xqctl.rules import catalogue

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "xqctl"
TREES = {path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
FOLDERS_OF_LEAVES = ("commands", "render", "sections", "rules", "metrics", "kinds", "tables")
HAN = re.compile("[\u4e00-\u9fff]")

CLOCK = {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("time", "time"),
         ("time", "time_ns"), ("time", "localtime"), ("time", "strftime")}  # fmt: skip
WRITES = {"write_text", "write_bytes", "touch", "mkdir", "rmdir", "unlink", "symlink_to", "hardlink_to"}
WRITES_OF_OS = {
    "replace",
    "rename",
    "remove",
    "unlink",
    "mkdir",
    "makedirs",
    "rmdir",
    "truncate",
    "mkfifo",
    "link",
    "symlink",
}
EXACT = ("quantities", "metrics", "money", "targets", "assess", "kinds", "rules", "network", "measuring")


def test_layers_hold() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_leaves_do_not_know_each_other() -> None:
    wrong = []
    for path, tree in TREES.items():
        nested = path.parts[1] == "commands"  # elsewhere a package is one leaf, made of several modules
        is_leaf = path.parts[1] in FOLDERS_OF_LEAVES and path.stem != "__init__"
        if is_leaf and (len(path.parts) == 3 or nested):
            package = _dotted(path.parent)
            leaves = {f"{package}.{name}" for name in registry.leaves(package)} - {_dotted(path)}
            wrong += [f"{path}:{line} imports {name}" for line, name in _imported(tree) if name in leaves]
    assert not wrong


def test_modules_are_short_and_say_what_they_know() -> None:
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in TREES}
    assert not {str(path): length for path, length in lengths.items() if length > 300}
    assert not [str(path) for path, tree in TREES.items() if not ast.get_docstring(tree)]


def test_public_things_say_what_they_are() -> None:
    wrong = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in TREES.items()
        for node in _public(tree)
        if not ast.get_docstring(node)
    ]
    assert not wrong


def test_public_values_are_frozen() -> None:
    wrong = []
    for path, tree in TREES.items():
        for node in _public(tree):
            made = [each for each in getattr(node, "decorator_list", ()) if "dataclass" in ast.unparse(each)]
            if made and not {"frozen=True", "slots=True"} <= set(re.findall(r"\w+=True", ast.unparse(made[0]))):
                wrong.append(f"{path}:{node.lineno} {node.name}")
    assert not wrong


def test_names_of_modules_say_something() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc", "core"}
    assert not [str(path) for path in TREES if path.stem.strip("_") in vague]


def test_a_code_is_one_rule_and_a_slug_its_module() -> None:
    codes = []
    for name in registry.leaves("xqctl.rules"):
        tree = TREES[Path("xqctl", "rules", f"{name}.py")]
        literal = [_code(node.value) for node in tree.body if isinstance(node, ast.Assign) and _is_rule(node)]
        assert len(literal) == 1, f"{name} states its code literally, once"
        assert re.fullmatch(r"XQ[YSRTZPAFGEKBDNUX][0-9]{3}", literal[0]), name
        assert catalogue()[literal[0]].slug == name.replace("_", "-")
        codes += literal
    assert not [code for code, times in Counter(codes).items() if times > 1]


def _verbs(package: str = "xqctl.commands") -> Iterator[str]:
    """Every verb, and the verbs of verbs (``baseline/write``)."""
    folder = package.removeprefix("xqctl.commands").replace(".", "/")
    for name in registry.leaves(package):
        yield f"{folder}/{name}".lstrip("/")
        if (PACKAGE / "commands" / folder.lstrip("/") / name).is_dir():
            yield from _verbs(f"{package}.{name}")


@pytest.mark.parametrize("verb", list(_verbs()))
def test_a_verb_has_its_page(verb: str) -> None:
    page = _page("commands", verb)
    assert HAN.search(page.zh)
    assert re.search("[a-z]{2}", page.en)
    assert HAN.search(page.prose("About", "zh"))
    assert re.search("[a-z]{2} [a-z]{2}", page.prose("About", "en"))
    assert page.section("Examples")


@pytest.mark.parametrize("metric", registry.leaves("xqctl.metrics"))
def test_a_metric_has_its_page(metric: str) -> None:
    page = _page("metrics", metric)
    assert HAN.search(page.zh)
    assert re.search("[a-z]{2}", page.en)
    for title in ("Formula", "Inputs", "Source"):
        assert page.section(title).strip(), title
        assert HAN.search(page.prose(title, "zh")), title
        assert re.search("[a-z]{2}", page.prose(title, "en")), title


@pytest.mark.parametrize("form", registry.leaves("xqctl.render"))
def test_a_format_says_what_it_is(form: str) -> None:
    assert _page("render", form).zh


def test_only_commands_know_the_clock() -> None:
    allowed = ("cli", "commands")
    wrong = [
        f"{path}:{call.lineno} {ast.unparse(call.func)}"
        for path, call in _calls()
        if isinstance(call.func, ast.Attribute)
        and (ast.unparse(call.func.value).rpartition(".")[2], call.func.attr) in CLOCK
        and _stage(path) not in allowed
    ]
    assert not wrong


def test_only_formats_print() -> None:
    wrong = [
        f"{path}:{call.lineno}"
        for path, call in _calls()
        if ast.unparse(call.func) in ("print", "pprint", "click.echo", "sys.stdout.write")
        and _stage(path) not in ("cli", "commands", "render", "__main__")
    ]
    assert not wrong


def test_only_a_few_write_files() -> None:
    wrong = [
        f"{path}:{call.lineno} {ast.unparse(call)[:80]}"
        for path, call in _calls()
        if _writes(call) and _stage(path) not in ("edit", "tables", "cache", "cli")
    ]
    assert not wrong


def test_numbers_stay_exact() -> None:
    wrong = [
        f"{path}:{call.lineno} {ast.unparse(call)[:80]}"
        for path, call in _calls()
        if ast.unparse(call.func) == "float" and _stage(path) in EXACT
    ]
    assert not wrong


def _is_rule(node: ast.Assign) -> bool:
    return ast.unparse(node.targets[0]) == "RULE"


def _code(value: ast.expr) -> str:
    """The code that a `Rule(…)` states, empty where it is no literal."""
    first = value.args[0] if isinstance(value, ast.Call) and value.args else None
    return str(first.value) if isinstance(first, ast.Constant) else ""


def _writes(call: ast.Call) -> bool:
    """Whether a call writes: a method of a path, a function of `os` or `shutil`, or `open` with a mode that writes."""
    told = ast.unparse(call.func)
    owner, _, name = told.rpartition(".")
    if owner in ("os", "shutil"):
        return name in WRITES_OF_OS or (owner == "shutil" and name.startswith(("copy", "move", "rmtree")))
    if name in WRITES:
        return True
    if told not in ("open", "os.fdopen") or ast.unparse(call.args[0]) == "os.devnull":
        return False
    modes = [arg for arg in call.args[1:2] if isinstance(arg, ast.Constant)]
    modes += [each.value for each in call.keywords if each.arg == "mode" and isinstance(each.value, ast.Constant)]
    return any(set("wax+") & set(str(mode.value)) for mode in modes)


def _calls() -> Iterator[tuple[Path, ast.Call]]:
    for path, tree in TREES.items():
        yield from ((path, node) for node in ast.walk(tree) if isinstance(node, ast.Call))


def _stage(path: Path) -> str:
    """The module or folder of `xqctl/` that a file belongs to."""
    return Path(path.parts[1]).stem


def _dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts)


def _imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every module that is imported, also those named after `from … import`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Public functions, classes, and their public methods."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    each for each in node.body if isinstance(each, ast.FunctionDef) and not each.name.startswith("_")
                )


def _page(folder: str, name: str) -> registry.Page:
    module, package = (Path("xqctl", folder, f"{name}{ending}") for ending in (".py", "/__init__.py"))
    return registry.page(ast.get_docstring(TREES[module if module in TREES else package], clean=False) or "")
