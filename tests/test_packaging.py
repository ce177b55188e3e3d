"""The project as others get it: the wheel, the lock, and what the tracked files may say."""

import ast
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import entry_points, packages_distributions, version
from pathlib import Path

import pytest

import xqctl
from xqctl import resources

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
RUN_TIME_EXTRAS = [name for extra, names in EXTRAS.items() if extra not in {"all", "dev"} for name in names]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
# Written in parts, so that this file does not name them.
REGISTRIES = tuple(
    ".".join(name) for name in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
)


def plain(requirement: str) -> str:
    """The normalised name a requirement begins with: ``ruamel.yaml>=0.18`` is ``ruamel-yaml``."""
    return re.sub(r"[._-]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


def tracked(*folders: str) -> list[str]:
    """The names of the files git keeps, those that are gone from the work tree left out."""
    listed = subprocess.run(["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, check=True).stdout
    return [name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout without an isolated environment, so without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    return next(folder.glob("*.whl"))


def test_version_stands_in_one_place():
    assert version("xqctl") == xqctl.__version__
    assert "version" in PROJECT["dynamic"]


def test_console_script_and_module_are_one():
    assert [script.value for script in entry_points(group="console_scripts", name="xqctl")] == ["xqctl.__main__:main"]


def test_wheel_is_pure_python(wheel: Path):
    assert wheel.name == f"xqctl-{xqctl.__version__}-py3-none-any.whl"


def test_wheel_holds_package_schemas_and_examples(wheel: Path):
    inside = set(zipfile.ZipFile(wheel).namelist())
    expected = {re.sub(r"^(schemas|examples)/", r"xqctl/\1/", name) for name in tracked("xqctl", "schemas", "examples")}
    assert expected <= inside
    assert {name.split("/")[0] for name in inside} == {"xqctl", f"xqctl-{xqctl.__version__}.dist-info"}


def test_unpacked_wheel_finds_its_own_files(wheel: Path, tmp_path: Path):
    zipfile.ZipFile(wheel).extractall(tmp_path)
    shown = subprocess.run(
        [sys.executable, "-S", "-c", "from xqctl import resources as r; print(r.schemas()); print(r.examples())"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.splitlines() == [str(tmp_path / "xqctl" / name) for name in ("schemas", "examples")]


def test_unpacked_wheel_starts_a_district(wheel: Path, tmp_path: Path):
    zipfile.ZipFile(wheel).extractall(tmp_path)

    def run(*words: str) -> str:
        call = [sys.executable, "-m", "xqctl", *words]  # of the folder it is called in, not of the checkout
        return subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True).stdout

    made = json.loads(run("init", "new", "--name", "城桥区", "--yes", "--format", "json"))["files"]
    assert {"district.yaml", ".gitattributes", ".xqctl/xqctl.schema.json"} <= set(made)
    assert json.loads(run("validate", "new", "--format", "json"))["findings"] == []
    assert (
        str(tmp_path)
        in subprocess.run(
            [sys.executable, "-c", "import xqctl; print(xqctl.__file__)"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )


def test_wheelhouse_is_enough_to_install_from(wheel: Path, tmp_path: Path):
    """The offline call of docs/pipelines.md, with our own wheel alone in the wheelhouse."""
    call = [sys.executable, "-m", "pip", "install", "--no-index", "--find-links", wheel.parent, "xqctl"]
    assert "pip install --no-index --find-links wheelhouse xqctl" in (ROOT / "docs" / "pipelines.md").read_text("utf-8")
    subprocess.run([*call, "--quiet", "--no-deps", "--target", tmp_path], check=True)
    assert (tmp_path / "xqctl" / "templates" / "district" / "district.yaml").is_file()


def test_checkout_finds_the_same_files_beside_the_package():
    assert (resources.schemas(), resources.examples()) == (ROOT / "schemas", ROOT / "examples")


def test_extra_all_names_every_extra_that_is_used_at_run_time():
    used = sorted(set(EXTRAS) - {"all", "dev"})
    assert EXTRAS["all"] == ([f"xqctl[{','.join(used)}]"] if used else [])


def test_every_library_that_is_imported_is_declared():
    trees = [ast.parse((ROOT / name).read_bytes()) for name in tracked("xqctl") if name.endswith(".py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    outside = {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - {"xqctl"}
    owners = packages_distributions()
    declared = {plain(name) for name in [*PROJECT["dependencies"], *RUN_TIME_EXTRAS]}
    assert {name for name in outside if not declared & {plain(owner) for owner in owners.get(name, ())}} == set()


def test_lock_pins_every_dependency_by_hash():
    pins = re.split(r"\n(?=\S)", LOCK.strip())
    assert all(
        re.match(r"[a-z0-9-]+==\S+( ; [^\n]+)? \\\n(    --hash=sha256:[0-9a-f]{64}( \\\n|$))+", pin) for pin in pins
    )
    locked = {pin.split("==")[0] for pin in pins}
    assert {plain(name) for name in [*PROJECT["dependencies"], *RUN_TIME_EXTRAS, *EXTRAS["dev"]]} <= locked


def test_no_file_names_a_package_registry():
    said = [name for name in tracked() if any(host.encode() in (ROOT / name).read_bytes() for host in REGISTRIES)]
    assert said == []
    assert not re.search(r"^\s*(-i|-f|--(extra-)?index-url|--find-links|--trusted-host)\b", LOCK, re.MULTILINE)
