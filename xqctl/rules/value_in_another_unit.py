"""与指标单位不同的数
A number in another unit than its metric.

Why:
    比例写了百分号才是比例：界限 95 不是 95%，拿它去比，谁也达不到，也谁都不违反。公布数据写成 34.4 也同样对不上指标。

    A share is one only with its percent sign: a bound of 95 is not 95%, and nothing can be held against it. A figure
    of 34.4 is no value of such a metric either.

Wrong:
    targets:
      学区覆盖面: {metric: zone_share, stage: compulsory, at_least: 95}

Right:
    targets:
      学区覆盖面: {metric: zone_share, stage: compulsory, at_least: 95%}

Mend:
    按提示写上单位；想说的是个数的，换成数个数的指标，如 zones。

    Write the unit as the message says; where a number of things is meant, choose a metric that counts, such as `zones`.
"""

from collections.abc import Iterator

from xqctl.bounds import is_written_so
from xqctl.district import District, Entry
from xqctl.findings import Problem, Severity
from xqctl.messages import msg
from xqctl.metrics import leaf
from xqctl.quantities import parse, show, steps
from xqctl.registry import Rule

RULE = Rule("XQG008", Severity.ERROR)

_VALUES = {"figures": ("value",), "targets": ("at_least", "at_most", "equals", "between")}
_LIKE = {
    "ratio": msg("a share is written like 30%"),
    "points": msg("percentage points are written like 30个百分点"),
    "money": msg("money is written like 80万元"),
    "area": msg("an area is written like 4.5m2"),
    "count": msg("a count is a number alone"),
    "score": msg("a score is a number alone"),
    "index": msg("it is a number or a share, like 0.65 or 65%"),
}


def check(district: District) -> Iterator[Problem]:
    """Every figure, and every bound of a target, on a metric that is built in."""
    for kind, fields in _VALUES.items():
        for entry in district.all(kind):
            known = leaf(entry.text("metric") or "")
            if known is None or "as" in entry.mapping("with"):
                continue
            for keys, value in _written(entry, fields):
                number = parse(value)
                if number is not None and not is_written_so(number, known.metric.measured_in):
                    message = msg("{value} is not in the unit of {metric}", value=show(number), metric=known.title)
                    yield Problem(entry.route(*keys), message, _LIKE[known.metric.measured_in])


def _written(entry: Entry, fields: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    """The values of these fields, dated ones each by itself, and the way to them."""
    for field in fields:
        for step in steps(entry[field]) if entry[field] is not None else ():
            keys = (field,) if step.key is None else (field, step.key)
            is_long = step.key is not None and isinstance(entry.mapping(field)[step.key], dict)
            yield (*keys, "value") if is_long else keys, step.value
