"""Knows what districts have promised: targets with bound, deadline and authority, and who asks more of the same."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from xqctl.assess import assess
from xqctl.bounds import AVERAGE, kind_of, on_day
from xqctl.comparison.asking import key, metric_title, plain, title
from xqctl.comparison.values import NOTHING, Row, Said, Value, number, words
from xqctl.district import District
from xqctl.messages import Message, msg
from xqctl.quantities import Quantity, at_least, at_most, is_dated, parse, steps
from xqctl.targets import Target

SECTION = "targets"
STATES: Mapping[str, Message] = {
    "met": msg("verdicts: met"),
    "missed": msg("verdicts: missed"),
    "pending": msg("verdicts: pending"),
    "unknown": msg("verdicts: unknown"),
    "waived": msg("verdicts: waived"),
}
_SIGNS = {"at_least": "≥ ", "at_most": "≤ ", "equals": "= ", "between": ""}


def rows(districts: Sequence[District], names: Sequence[str]) -> Iterator[Row]:
    """How many targets there are of which sort, how they are kept, then each: its bound, deadline and authority."""
    held = [assess(district).targets for district in districts]
    yield _kept("in_force", msg("targets in force"), [number(len(mine)) for mine in held])
    bounded = [number(sum(target.kind is not None for target in mine)) for mine in held]
    yield _kept("bounded", msg("with a bound in figures"), bounded)
    attested = [number(sum(target.entry["attested"] is not None for target in mine)) for mine in held]
    yield _kept("qualitative", msg("qualitative, met by evidence"), attested)
    yield _kept(
        "dated", msg("with a deadline"), [number(sum(_end(target) is not None for target in mine)) for mine in held]
    )
    yield _kept("deadlines", msg("first and last deadline"), list(map(_deadlines, held)))
    yield Row(SECTION, "adopts", msg("standards adopted"), tuple(map(_adopted, held)))
    for state, said in STATES.items():
        found = [sum(verdict.state == state for verdict in assess(district).verdicts) for district in districts]
        if any(found):
            yield _kept(f"verdicts.{state}", said, [number(count) for count in found])
    yield from _each(districts, held, names)


def _kept(id_: str, said: Message, values: Sequence[Value]) -> Row:
    unit = "count" if any(value.number is not None for value in values) else None
    return Row(SECTION, id_, said, tuple(values), unit, is_kept=True)


def _each(districts: Sequence[District], held: Sequence[Sequence[Target]], names: Sequence[str]) -> Iterator[Row]:
    """A row for what is asked: the same metric over the same things; a target without one stands by itself."""
    asked: dict[str, list[list[Target]]] = {}
    for position, mine in enumerate(held):
        for target in mine:
            asked.setdefault(_asks(target), [[] for _ in held])[position].append(target)
    for id_, found in asked.items():
        first = next(target for mine in found for target in mine)
        name = _title(first, districts)
        yield Row(SECTION, id_, name, tuple(map(_value, found)), note=_demand(found, names))


def _asks(target: Target) -> str:
    return key(plain(target.question)) if target.question.metric else f"attested.{target.entry.id}"


def _title(target: Target, districts: Sequence[District]) -> Said:
    question = plain(target.question)
    return title(question, metric_title(question.metric, districts) if question.metric else target.entry.name)


def _value(found: Sequence[Target]) -> Value:
    if not found:
        return NOTHING
    sources = [source for target in found for source in target.entry.texts("source")]
    return words((_told(target) for target in found), sources)


def _told(target: Target) -> Message:
    """The bound, the deadline, and where a standard asks it, which one."""
    bound, end = _bound(target), target.by
    said = bound if end is None else msg("{bound} by {day}", bound=bound, day=str(end))
    return said if target.standard is None else msg("{bound} ({standard})", bound=said, standard=target.standard.id)


def _bound(target: Target) -> Message:
    kind, entry = target.kind, target.entry
    if kind is None:
        attested = entry["attested"] is not None
        return msg("qualitative") if attested else msg("no bound in figures")
    written = entry[kind]
    if is_dated(written):
        told = [
            msg("{bound} from {day}", bound=_end_of(kind, step.value), day=step.key)
            for step in steps(written)
            if step.key
        ]
        return msg("{bounds}", bounds=told)
    said = _end_of(kind, written)
    excepted = bool(entry["except"]) or bool(entry["when"])
    return msg("{bound}, with exceptions", bound=said) if excepted else msg("{bound}", bound=said)


def _end_of(kind: str, written: object) -> Message:
    value = written.get("value") if isinstance(written, Mapping) else written
    if value == AVERAGE:
        return msg("{sign}the district's average", sign=_SIGNS[kind])
    return msg("{sign}{value}", sign=_SIGNS[kind], value=str(value))


def _end(target: Target) -> date | None:
    """The day by which it is to be kept: its deadline, or the day its last bound begins."""
    if target.by is not None:
        return target.by.last_day
    written = target.entry[target.kind] if target.kind is not None else None
    begins = [step.interval.start for step in steps(written)] if is_dated(written) else []
    return begins[-1] if len(begins) > 1 else None


def _deadlines(mine: Sequence[Target]) -> Value:
    days = sorted(day for target in mine if (day := _end(target)) is not None)
    if not days:
        return NOTHING
    first, last = days[0].isoformat(), days[-1].isoformat()
    return words([first] if first == last else [msg("{first} to {last}", first=first, last=last)])


def _adopted(mine: Sequence[Target]) -> Value:
    return words(dict.fromkeys(target.standard.id for target in mine if target.standard is not None))


def _demand(found: Sequence[Sequence[Target]], names: Sequence[str]) -> tuple[Message, ...]:
    """Who asks most of the same, where each asks it once, in the same direction, as one exact number."""
    asking = [(name, mine[0]) for name, mine in zip(names, found, strict=True) if mine]
    kinds = {kind_of(target.entry) for _, target in asking}
    if (
        len(asking) < 2
        or any(len(mine) > 1 for mine in found)
        or len(kinds) > 1
        or not kinds <= {"at_least", "at_most"}
    ):
        return ()
    kind = kinds.pop() or ""
    bounds = [(name, target, _last(target, kind)) for name, target in asking]
    known = [(name, target, bound) for name, target, bound in bounds if bound is not None]
    if len(known) < len(bounds) or len({bound.unit for _, _, bound in known}) > 1:
        return ()
    tops = [
        (name, target)
        for name, target, bound in known
        if all((at_least if kind == "at_least" else at_most)(bound, other) for _, _, other in known)
    ]
    if len(tops) == 1:
        return (msg("{district} asks most", district=tops[0][0]),)
    ends = [(end, name) for name, target in tops if (end := _end(target)) is not None]
    soonest = [name for end, name in ends if end == min(ends)[0]]
    if len(ends) == len(tops) and len(soonest) < len(tops):
        return (msg("{district} asks it soonest", district=soonest),)
    return (
        (msg("the same is asked"),)
        if len(tops) == len(known)
        else (msg("{district} ask most", district=[n for n, _ in tops]),)
    )


def _last(target: Target, kind: str) -> Quantity | None:
    """What is asked in the end, as one exact number."""
    written = target.entry[kind]
    last = on_day(written, date.max) if is_dated(written) else written
    found = parse(last)
    return found if found is not None and found.exact is not None else None
