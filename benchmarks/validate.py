"""Runs the whole command against check-jsonschema on the same files, and shows how its cost grows."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpus

# As installed: compiled once, not at every start.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
SCHEMA = Path(__file__).parent.parent / "schemas" / "xqctl.schema.json"


def wall(*command: str, rounds: int = 3) -> float:
    """The best wall time of a command, in seconds; fails where the command does."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False, env=ENVIRONMENT)
        times.append(time.perf_counter() - start)
        if done.returncode not in (0, 1):
            raise SystemExit(f"{command}: {done.stderr.decode()[-500:]}")
    return min(times)


def ours(folder: Path, rounds: int = 3) -> float:
    """`xqctl validate` on a folder of districts."""
    return wall(sys.executable, "-m", "xqctl", "validate", str(folder), "--format", "json", "-q", rounds=rounds)


def main() -> None:
    """Prints a Markdown table."""
    peer = shutil.which("check-jsonschema", path=str(Path(sys.executable).parent))
    rows: list[tuple[str, float, str]] = []
    with tempfile.TemporaryDirectory() as here:
        root = Path(here)
        corpus.province(root / "one", 1)
        corpus.province(root / "ten", 10)
        corpus.province(root / "hundred", 100)
        corpus.province(root / "large", 1, 700)
        ours(root / "one", 1)  # compiles what is imported
        start = wall(sys.executable, "-c", "pass")
        rows.append(("python -c pass", start, ""))
        version = wall(sys.executable, "-m", "xqctl", "--version")
        rows.append(("xqctl --version", version, f"{version / start:.1f}× python -c pass"))
        one = ours(root / "one")
        if peer is not None:
            files = [str(path) for path in sorted((root / "one").rglob("*.yaml"))]
            theirs = wall(peer, "--schemafile", str(SCHEMA), *files)
            rows.append(("check-jsonschema, 1 district (shape only)", theirs, ""))
            rows.append(("xqctl validate, 1 district (every rule)", one, f"{one / theirs:.2f}× check-jsonschema"))
        else:
            rows.append(("xqctl validate, 1 district (every rule)", one, "check-jsonschema is not installed"))
        ten, hundred, large = ours(root / "ten"), ours(root / "hundred", 1), ours(root / "large", 1)
        rows.append(("10 districts", ten, f"{ten / one:.1f}× one"))
        rows.append(("100 districts", hundred, f"{hundred / ten:.1f}× ten"))
        rows.append(("1 district of 700 schools", large, f"{large / one:.1f}× one of 70"))
    print("| what | seconds | ratio |\n| --- | ---: | --- |")
    for name, took, ratio in rows:
        print(f"| {name} | {took:.3f} | {ratio} |")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nPeak memory of any run: {most:.0f} MB")


if __name__ == "__main__":
    main()
