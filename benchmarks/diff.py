"""Shows three edits of one district with `xqctl diff`, deepdiff and git: how much each says, and how long it takes."""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import corpus
import yaml
from validate import ENVIRONMENT

SCHOOL = 10  # leads no group and is in no pair, so no unit is called after it
DEEPDIFF = """
import sys, pathlib, yaml, deepdiff
def joined(folder):
    found = {}
    for file in sorted(pathlib.Path(folder).glob("*.yaml")):
        for kind, held in yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader).items():
            found.setdefault(kind, {}).update(held)
    return found
print(deepdiff.DeepDiff(joined(sys.argv[1]), joined(sys.argv[2]), ignore_order=True, verbose_level=2).pretty())
"""


def school(folder: Path) -> str:
    """The school the edits are about."""
    names: list[str] = re.findall(r"^      (\S+): ", (folder / "zones.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    return next(name for name in names if f"第{SCHOOL + 1}学校" in name)


def renamed(folder: Path) -> None:
    """One school gets another name, everywhere, and keeps the former one."""
    name = school(folder)
    for file in folder.glob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace(name, "启明学校")
        file.write_text(
            text.replace("  启明学校:\n    name", f"  启明学校:\n    formerly: {name}\n    name"), encoding="utf-8"
        )


def moved(folder: Path) -> None:
    """One school goes from its zone to the first."""
    file = folder / "zones.yaml"
    line = f"      {school(folder)}: member\n"
    text = file.read_text(encoding="utf-8").replace(line, "")
    file.write_text(text.replace(": lead\n", f": lead\n{line}", 1), encoding="utf-8")


def laid_out_anew(folder: Path) -> None:
    """Schools and zones in the opposite order, fields sorted, flow style opened: the same district."""
    for file in (*folder.glob("schools-*.yaml"), folder / "zones.yaml"):
        data = yaml.safe_load(file.read_bytes())
        anew = {kind: dict(reversed(_sorted(held).items())) for kind, held in data.items()}
        file.write_text(yaml.safe_dump(anew, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _sorted(held: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
    return {id_: dict(sorted(entry.items())) for id_, entry in held.items()}


def shown(command: tuple[str, ...], rounds: int = 9) -> tuple[str, float]:
    """What a command shows, and the best of its wall times."""
    text, times = "", []
    for _ in range(rounds):
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False, env=ENVIRONMENT)
        times.append(time.perf_counter() - start)
        text = done.stdout.decode()
        if done.returncode not in (0, 1):
            raise SystemExit(f"{command}: {done.stderr.decode()[-500:]}")
    return text, min(times)


def main() -> None:
    """Prints a Markdown table."""
    edits: dict[str, Callable[[Path], None]] = {
        "a school renamed, with all that refers to it": renamed,
        "a school moved between zones": moved,
        "schools and zones reordered and reformatted": laid_out_anew,
    }
    print("| edit | tool | lines | characters | seconds | to ours |\n| --- | --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as here:
        old = Path(here) / "old"
        corpus.district(old, 1, 70)
        for number, (said, edit) in enumerate(edits.items()):
            new = Path(shutil.copytree(old, Path(here) / f"new{number}"))
            edit(new)
            sides = (str(old), str(new))
            tools = {
                "xqctl diff": (sys.executable, "-m", "xqctl", "diff", *sides, "--format", "plain", "--lang", "en"),
                "deepdiff": (sys.executable, "-c", DEEPDIFF, *sides),
                "git diff": ("git", "diff", "--no-index", *sides),
                "git diff --stat": ("git", "diff", "--no-index", "--stat", *sides),
            }
            ours = 0.0
            for tool, command in tools.items():
                text, took = shown(command)
                if "-v" in sys.argv:
                    print(text, file=sys.stderr)
                ours = ours or took
                lines = sum(bool(line.strip()) for line in text.splitlines())
                print(f"| {said} | {tool} | {lines} | {len(text.strip())} | {took:.3f} | {took / ours:.2f}× |")


if __name__ == "__main__":
    main()
