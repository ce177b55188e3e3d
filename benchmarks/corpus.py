"""Makes districts of any number and size: ten files each, Chinese names, every reference right.

python benchmarks/corpus.py DIR [DISTRICTS [SCHOOLS]]
"""

import random
import sys
from pathlib import Path

_PLACES = "东西南北中上下新长安宁平和兴盛文明德学育英才志远博雅清溪河湖山川林泉"
_STAGES = ("primary", "junior", "[primary, junior]", "kindergarten", "senior")
_STANDINGS = ("quality", "ordinary", "weak", "new")


def schools(rng: random.Random, count: int) -> list[str]:
    """Names that differ in more than one character, so that none looks like a slip of another."""
    return [f"{rng.choice(_PLACES)}{rng.choice(_PLACES)}第{number}学校" for number in range(1, count + 1)]


def district(folder: Path, number: int, count: int) -> None:
    """Writes one district of `count` schools."""
    rng = random.Random(number)
    names = schools(rng, count)
    folder.mkdir(parents=True, exist_ok=True)
    write(folder, "district", f"district: {{name: 第{number}区, level: district, as_of: 2025-03-01}}\n")
    write(folder, "sources", "sources:\n  台账2025: {title: 学校台账, date: 2025-01, confidence: official}\n")
    for part in range(4):
        write(folder, f"schools-{part}", "schools:\n" + "".join(school(rng, name) for name in names[part::4]))
    zones = [names[start::4] for start in range(4)]
    write(folder, "zones", "zones:\n" + "".join(unit(f"第{i}学区", members) for i, members in enumerate(zones, 1)))
    groups = [names[start : start + 3] for start in range(0, count - 3, 9)]
    write(folder, "groups", "groups:\n" + "".join(unit(f"{g[0]}教育集团", g, "form: led") for g in groups))
    pairs = list(zip(names[0::4], names[1::4], strict=False))
    text = "".join(unit(f"{a}—{b}", (a, b), "form: pair") for a, b in pairs)
    write(folder, "alliances", "alliances:\n" + text)
    numbers = "".join(
        f"    {name}: {{students: {rng.randint(200, 1900)}, classes: {rng.randint(12, 40)}}}\n" for name in names
    )
    write(folder, "statistics", "statistics:\n  2024-2025:\n" + numbers)


def school(rng: random.Random, name: str) -> str:
    """One school of about fifteen fields."""
    return f"""  {name}:
    name: {name}（{rng.choice(_PLACES)}校区）
    stages: {rng.choice(_STAGES)}
    standing: {rng.choice(_STANDINGS)}
    setting: {rng.choice(("urban", "town", "rural"))}
    ownership: education
    location: {{lon: 116.{rng.randint(1000, 9999)}, lat: 39.{rng.randint(1000, 9999)}, crs: wgs84}}
    status: open
    since: {rng.randint(1950, 2015)}-09
    honours: [文明校园, 素质教育示范校]
    source: 台账2025#{rng.randint(1, 99)}
    note: 位于城乡结合部，近年来逐步扩大规模，与周边学校共用体育场地和实验室
"""


def unit(name: str, members: list[str] | tuple[str, ...], field: str = "called: 学区") -> str:
    """A unit whose first member leads."""
    listed = "".join(f"      {member}: {'member' if number else 'lead'}\n" for number, member in enumerate(members))
    return f"  {name}:\n    {field}\n    members:\n{listed}"


def write(folder: Path, name: str, text: str) -> None:
    """One file of a district."""
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def province(folder: Path, districts: int, count: int = 70) -> None:
    """Writes so many districts side by side."""
    for number in range(1, districts + 1):
        district(folder / f"d{number:04}", number, count)


if __name__ == "__main__":
    province(Path(sys.argv[1]), *(int(word) for word in sys.argv[2:4] or ("1",)))
