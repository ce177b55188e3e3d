"""Knows small districts for tests: a snippet of YAML, changed by a merge patch, looked at on a day."""

import json
import tempfile
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from xqctl import schema
from xqctl.district import District, build
from xqctl.load import folders
from xqctl.measuring import Question
from xqctl.metrics import Measurement, measure
from xqctl.quantities import Ratio, plain, written
from xqctl.things import things

EXAMPLES = Path(__file__).parent.parent / "examples"
Data = Mapping[str, object]


@cache
def data(text: str) -> Data:
    """What a snippet says, as xqctl reads it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "district.yaml").write_text(text, encoding="utf-8")
        (read,) = folders([folder], [])
        (document,) = read.documents
    assert isinstance(document.data, dict), [str(problem.message) for problem in document.problems]
    return document.data


def patched(whole: Data, patch: Data) -> dict[str, object]:
    """A merge patch (RFC 7396) laid over data: `null` removes."""
    result = dict(whole)
    for key, value in patch.items():
        below = result.get(key)
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping):
            result[key] = patched(below if isinstance(below, Mapping) else {}, value)
        else:
            result[key] = value
    return result


def opened(folder: Path, day: date | None = None, today: date = date(2026, 11, 1)) -> District:
    """A district's folder on a day; its shape has to be right."""
    (read,) = folders([str(folder)], [])
    shaped = schema.shape(read)
    assert not shaped.problems, [str(problem.message) for problem in shaped.problems]
    return build(read, shaped, day, today)


def district(*files: Data, day: date | None = None) -> District:
    """A district of this data, file by file; JSON is YAML."""
    with tempfile.TemporaryDirectory() as folder:
        for number, said in enumerate(files):
            name = "district.yaml" if number == 0 else f"file{number}.yaml"
            text = json.dumps(said, ensure_ascii=False, default=_number)
            Path(folder, name).write_text(text, encoding="utf-8")
        return opened(Path(folder), day)


def asked(world: District, metric: str, choices: Mapping[str, str] | None = None, /, **scope: str) -> list[Measurement]:
    """A question put to everything it is asked of."""
    question = Question(metric, choices=tuple(sorted((choices or {}).items())), **scope)  # type: ignore[arg-type]
    return [measure(world, question, thing, world.as_of) for thing in things(world, question, world.as_of)]


def told(measurement: Measurement) -> str | None:
    """A value as the tests write it: a ratio by its two parts, an amount with its unit."""
    value = measurement.value
    if isinstance(value, Ratio):
        return f"{plain(value.numerator)}/{plain(value.denominator)}"
    return None if value is None else written(value)


def _number(value: object) -> float:
    assert isinstance(value, Decimal)
    return float(value)
