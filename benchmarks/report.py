"""Measures reports: one large district with complete registers and standards, and a province of many.

python benchmarks/report.py DIR [SCHOOLS [DISTRICTS]]
"""

import random
import resource
import subprocess
import sys
import time
from pathlib import Path

from corpus import province, schools, unit, write

_HEAD = """district:
  name: 大区
  level: district
  as_of: 2025-03-01
  registers: {schools: complete, zones: complete, statistics: {2024-2025: complete}}
  adopts: {优质均衡2017: {since: 2023-09}, 基本均衡2012: {since: 2014}}
"""
_TARGETS = """targets:
  学区覆盖面: {metric: zone_share, stage: compulsory, at_least: 95%, source: 台账2025}
  小学班额: {metric: largest_class, each: school, stage: primary, at_most: 45, source: 台账2025}
"""


def large(folder: Path, count: int) -> None:
    """Writes a district of `count` schools that knows everything of all of them."""
    rng, names = random.Random(count), schools(random.Random(count), count)
    folder.mkdir(parents=True, exist_ok=True)
    write(folder, "district", _HEAD)
    write(folder, "sources", "sources:\n  台账2025: {title: 学校台账, date: 2025-01, confidence: official}\n")
    write(folder, "targets", _TARGETS)
    stages = {name: "primary" if place % 3 else "junior" for place, name in enumerate(names)}
    write(folder, "schools", "schools:\n" + "".join(f"  {n}: {{stages: {stages[n]}, setting: urban}}\n" for n in names))
    zones = [names[start::20] for start in range(20)]
    write(folder, "zones", "zones:\n" + "".join(unit(f"第{i}学区", each) for i, each in enumerate(zones, 1)))
    write(folder, "statistics", "statistics:\n  2024-2025:\n" + "".join(_numbers(rng, name) for name in names))


def _numbers(rng: random.Random, name: str) -> str:
    pupils = rng.randint(300, 1900)

    def some(low: float, high: float) -> int:
        return round(pupils * rng.uniform(low, high))

    fields = {
        "students": pupils,
        "classes": max(1, pupils // 42),
        "class_sizes": [pupils // max(1, pupils // 42)] * max(1, pupils // 42),
        "full_time_teachers": some(0.055, 0.08),
        "above_degree_teachers": some(0.045, 0.055),
        "mid_level_teachers": some(0.02, 0.03),
        "backbone_teachers": some(0.009, 0.02),
        "arts_pe_teachers": some(0.008, 0.012),
        "teaching_area": f"{some(4, 9)}m2",
        "indoor_sports_area": f"{some(0.1, 0.4)}m2",
        "sports_area": f"{some(6, 18)}m2",
        "equipment_value": f"{some(1900, 4000)}元",
        "multimedia_rooms": some(0.022, 0.03),
        "computers": some(0.1, 0.3),
        "books": some(15, 40),
        "largest_class": min(50, pupils // max(1, pupils // 42) + 1),
        "music_rooms": max(1, pupils // 500),
        "art_rooms": max(1, pupils // 500),
    }
    return f"    {name}: {{{', '.join(f'{key}: {value}' for key, value in fields.items())}}}\n"


def timed(*words: str) -> None:
    """Runs the command and says how long it took and how much memory it needed."""
    begun = time.perf_counter()
    subprocess.run(["xqctl", "report", *words, "--today", "2026-01-01"], check=True)
    taken = time.perf_counter() - begun
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{taken:6.1f} s  {most} MiB at most so far  xqctl report {' '.join(words)}")


def main(folder: Path, count: int, districts: int) -> None:
    """Makes the corpus where it is not there, then measures."""
    if not (folder / "large").exists():
        large(folder / "large", count)
        province(folder / "province", districts)
    for form in ("html", "xlsx", "md", "json"):
        file = folder / f"large.{form}"
        timed(str(folder / "large"), "-o", str(file))
        print(f"         {file.stat().st_size / 1e6:.2f} MB")
    timed(str(folder / "province"), "-o", f"{folder}/pages/")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(int(word) for word in (*sys.argv[2:], *("2000", "100")[len(sys.argv) - 2 :])))
