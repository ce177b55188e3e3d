"""Reads one district's schools with every YAML reader installed; prints MB a second and the ratio to ours."""

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import corpus

from xqctl.compose import Budgets, Places, compose


def readers(raw: bytes) -> dict[str, Callable[[], object]]:
    """What there is to compare: a name and a call."""
    import yaml
    from ruamel.yaml import YAML

    text = raw.decode()
    found: dict[str, Callable[[], object]] = {
        "xqctl.compose (data, doubled keys, tags, budgets)": lambda: compose(raw, "f", Budgets()),
        "xqctl.compose.Places (places)": lambda: Places(raw, "f"),
        "PyYAML CSafeLoader (YAML 1.1, no places)": lambda: yaml.load(raw, Loader=yaml.CSafeLoader),
        "ruamel.yaml safe, C": lambda: YAML(typ="safe").load(text),
        "ruamel.yaml round trip": lambda: YAML(typ="rt").load(text),
    }
    try:
        import libfyaml

        found["libfyaml (doubled keys and tags lost)"] = lambda: libfyaml.loads(text)
    except ImportError:
        print("libfyaml is not installed", file=sys.stderr)
    return found


def seconds(call: Callable[[], object], rounds: int = 15) -> float:
    """The median time of a call."""
    gc.disable()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    gc.enable()
    return statistics.median(times)


def main() -> None:
    """Prints a Markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        corpus.district(Path(folder), 1, 70)
        raw = b"schools:\n" + b"".join(
            path.read_bytes().partition(b"\n")[2] for path in sorted(Path(folder).glob("schools-*.yaml"))
        )
    times = {name: seconds(call, 5 if "round" in name else 15) for name, call in readers(raw).items()}
    ours = next(iter(times.values()))
    print("| reader | MB/s | to ours |\n| --- | ---: | ---: |")
    for name, took in times.items():
        print(f"| {name} | {len(raw) / took / 1e6:.2f} | {ours / took:.2f}× |")


if __name__ == "__main__":
    main()
