"""Knows targets: which bound holds for what on a day, and what a measurement says to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from xqctl.conditions import passes, variables
from xqctl.district import District, Entry
from xqctl.labels import label
from xqctl.measuring import Number, Question, Thing
from xqctl.messages import Message, msg
from xqctl.metrics import Measurement, catalogue, measure
from xqctl.quantities import (
    Interval,
    PartialDate,
    Quantity,
    Unit,
    at_least,
    at_most,
    between,
    equals,
    interval,
    is_dated,
    parse,
    parse_date,
    school_year,
    steps,
    written,
)
from xqctl.registers import is_complete
from xqctl.stages import stages_of
from xqctl.standards import Standard, standards
from xqctl.things import KINDS, named, things

State = Literal["met", "missed", "pending", "unknown", "waived"]
BOUNDS = ("at_least", "at_most", "equals", "between")
AVERAGE = "average"
ALWAYS = Interval()
_REGISTERS = {**KINDS, "pair": "alliances", "school": "schools", "district": "districts"}
_UNITS = {
    "ratio": (Unit.RATIO,),
    "points": (Unit.POINTS,),
    "money": (Unit.MONEY,),
    "area": (Unit.AREA,),
    "count": (Unit.COUNT,),
    "score": (Unit.COUNT,),
    "index": (Unit.COUNT, Unit.RATIO),
}
"""What a bound on a number is written in."""
_LIKE = "30%, 2000元, 4.5m2, 45"


@dataclass(frozen=True, slots=True)
class Target:
    """One target: the district's own, or one of a standard it adopted (`choices` are what it chose then)."""

    entry: Entry
    standard: Standard | None = None
    choices: tuple[tuple[str, str], ...] = ()
    evidence: tuple[str, ...] = ()
    life: Interval = ALWAYS

    @property
    def id(self) -> str:
        """How it is called for; a standard's target has the standard's id before it."""
        return self.entry.id if self.standard is None else f"{self.standard.id}/{self.entry.id}"

    @property
    def question(self) -> Question:
        """What it asks to be measured."""
        entry = self.entry
        own = {name: str(value) for name, value in entry.mapping("with").items()}
        return Question(
            metric=entry.text("metric") or "",
            stage=entry.text("stage"),
            each=entry.text("each"),
            of=entry.text("of"),
            where=entry.text("where"),
            among=entry.text("among"),
            choices=tuple(sorted({**own, **dict(self.choices)}.items())),
            over=entry.text("over") or "school_year",
        )

    @property
    def kind(self) -> str | None:
        """at_least, at_most, equals or between; None for one without a bound."""
        return next((kind for kind in BOUNDS if self.entry[kind] is not None), None)

    @property
    def by(self) -> PartialDate | None:
        """Its deadline."""
        return parse_date(self.entry["by"])


@dataclass(frozen=True, slots=True)
class Bound:
    """What a target asks of one thing on a day; `because` says which exception or condition gave it."""

    kind: str
    value: Number
    written: str
    because: Message | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target held against one thing.

    `missing` names what an unknown verdict lacks; `waiver` is the entry that tolerates a miss; `bound` is None where
    none is in force or none is written.
    """

    target: Target
    thing: Thing
    state: State
    measurement: Measurement | None
    bound: Bound | None
    missing: tuple[Message, ...] = ()
    waiver: Entry | None = None


def targets(district: District, day: date) -> Iterator[Target]:
    """The targets in force on a day: the district's own, then those of every standard it has adopted by then."""
    for entry in district.all("targets"):
        if entry.life.contains(day) and not entry.is_disputed:
            yield Target(entry, evidence=_evidence(entry), life=entry.life)
    for id_, adopted in district.itself.mapping("adopts").items():
        terms = adopted if isinstance(adopted, Mapping) else {}
        standard = standards().get(id_)
        life = interval(terms.get("since"), terms.get("until"))
        if standard is not None and life.contains(day):
            yield from adopt(standard, terms, life, day)


def adopt(
    standard: Standard, terms: Mapping[str, object], life: Interval = ALWAYS, day: date | None = None
) -> Iterator[Target]:
    """A standard's targets under the terms a district adopts it with."""
    chosen = terms.get("with")
    choices = tuple((k, str(v)) for k, v in chosen.items()) if isinstance(chosen, Mapping) else ()
    attested = terms.get("attested")
    for entry in standard.targets:
        if day is None or entry.life.contains(day):
            said = attested.get(entry.id) if isinstance(attested, Mapping) else None
            evidence = (said,) if isinstance(said, str) else tuple(said) if isinstance(said, list) else ()
            yield Target(entry, standard, choices, evidence, life)


def judge(district: District, target: Target, day: date, of: str | None = None) -> tuple[Verdict, ...]:
    """A target's verdict on every thing it is asked of, or on that one thing.

    Where there is no such thing, or not all of them are registered, one more verdict on the whole says that this is
    unknown: what is not listed was not looked at.
    """
    if target.entry["attested"] is not None:
        return (_attested(district, target, day),)
    question = target.question
    asked = tuple(thing for thing in things(district, question, day) if _has_stage(thing, question.stage, day))
    if question.of is not None and not asked:
        thing = named(district, question.of, day)
        asked = (thing,) if thing is not None else ()
    picked = tuple(thing for thing in asked if of in (None, thing.id))
    verdicts = tuple(_judge_one(district, target, question, thing, day) for thing in picked)
    unseen = None if of is not None and picked else _unseen(district, question, asked, day)
    if unseen is None:
        return verdicts
    return *verdicts, Verdict(target, _itself(district), _not_yet(target, day) or "unknown", None, None, (unseen,))


def _has_stage(thing: Thing, stage: str | None, day: date) -> bool:
    """Whether a school teaches the stage that is spoken of, as far as its stages are said."""
    has = frozenset[str]() if thing.school is None or stage is None else thing.school.stages(day)
    return not has or stage is None or bool(has & stages_of(stage))


def _unseen(district: District, question: Question, asked: tuple[Thing, ...], day: date) -> Message | None:
    """Why not all things that are spoken of were looked at."""
    if question.of is not None:
        return None if asked else msg("{name} is not there on that day", name=question.of)
    each = question.each
    if each is None or (each == "district" and district.itself.text("level") not in ("city", "province")):
        return None
    kind = _REGISTERS[each]
    if not is_complete(district, kind, question.stage, str(school_year(day))):
        if not asked:
            return msg("no {each} is registered on that day", each=label("common.each", each))
        return msg("`district.registers` does not say that {kind} is complete: only the listed were looked at", kind=kind)
    return None if asked else msg("there is no {each} to measure on that day", each=label("common.each", each))


def _judge_one(district: District, target: Target, question: Question, thing: Thing, day: date) -> Verdict:
    measurement = measure(district, question, thing, day)
    bound = bound_of(district, target, thing, day)
    if bound is None:
        return _boundless(target, thing, measurement, day)
    later = _not_yet(target, day)
    if isinstance(bound, Message):
        return Verdict(target, thing, later or "unknown", measurement, None, (bound,))
    if measurement.value is None:
        missing = _missing(district, target, measurement)
        return Verdict(target, thing, later or "unknown", measurement, bound, missing)
    if not _is_alike(bound.value, measurement):
        reason = msg("`{bound}` is not in the unit of the number; compare {like}", bound=bound.written, like=_LIKE)
        return Verdict(target, thing, "unknown", measurement, bound, (reason,))
    is_met = _holds(measurement.value, bound)
    if is_met is None:
        reason = msg("{value} may lie on either side of {bound}", value=written(measurement.value), bound=bound.written)
        return Verdict(target, thing, later or "unknown", measurement, bound, (reason,))
    if is_met:
        return Verdict(target, thing, "met", measurement, bound)
    waiver = waiver_of(district, target, thing, day)
    state: State = later or ("waived" if waiver is not None else "missed")
    return Verdict(target, thing, state, measurement, bound, waiver=waiver if state == "waived" else None)


def _missing(district: District, target: Target, found: Measurement) -> tuple[Message, ...]:
    """What a number lacks; a standard's number that nobody can count has to be declared first."""
    metric = target.question.metric
    if target.standard is None or metric in catalogue() or district.get("metrics", metric) is not None:
        return found.missing
    return (msg("declare the metric `{metric}` under `metrics` and state it by a figure", metric=metric),)


def _is_alike(bound: Number, found: Measurement) -> bool:
    """Whether bound and number are written in the same unit, where the metric is known."""
    if not isinstance(bound, Quantity) or found.question.metric not in catalogue():
        return True
    return bound.unit in _UNITS.get(found.measured_in, tuple(Unit))


def bound_of(district: District, target: Target, thing: Thing, day: date) -> Bound | Message | None:
    """The bound for a thing on a day: an exception's, else that of the first condition it meets, else the plain one.

    None where none is in force then, a message where the average it refers to is unknown.
    """
    kind, entry = target.kind, target.entry
    if kind is None:
        return None
    written: object = entry[kind]
    because: Message | None = None
    if thing.id in entry.mapping("except"):
        written, because = entry.mapping("except")[thing.id], msg("{thing} is an exception", thing=thing.id)
    else:
        for condition, relaxed in _conditions(entry):
            if passes(condition, thing.each, variables(thing.entry, day)) is True:
                written, because = relaxed, msg("{condition} holds", condition=condition)
                break
    value = _on(written, day if target.by is None else max(day, target.by.last_day))
    if value is None:
        return None
    if value == AVERAGE:
        return _average(district, target, thing, kind, day)
    quantity = parse(value)
    if quantity is None:
        return msg("`{bound}` is no bound", bound=str(value))
    return Bound(_kind_for(kind, quantity), quantity, str(value), because)


def waiver_of(district: District, target: Target, thing: Thing, day: date) -> Entry | None:
    """The waiver that tolerates a miss: begun by the day, and its end, which is held against today, still ahead."""
    for entry in district.all("waivers"):
        life = entry.life
        in_time = (life.start is None or life.start <= day) and (life.end is None or district.today < life.end)
        if entry.text("target") == target.id and entry.text("of") in (None, thing.id) and in_time:
            return entry
    return None


def _attested(district: District, target: Target, day: date) -> Verdict:
    thing = _itself(district)
    if target.evidence:
        return Verdict(target, thing, "met", None, None)
    missing = (msg("a qualitative requirement: name the evidence it is met by"),)
    waiver, later = waiver_of(district, target, thing, day), _not_yet(target, day)
    state: State = later or ("unknown" if waiver is None else "waived")
    return Verdict(target, thing, state, None, None, missing, waiver if state == "waived" else None)


def _boundless(target: Target, thing: Thing, measurement: Measurement, day: date) -> Verdict:
    """Without a bound in force: one that begins later is pending, one that is not written is unknown."""
    written = target.entry[target.kind] if target.kind is not None else None
    begins = [step.interval.start for step in steps(written)] if is_dated(written) else []
    if begins and begins[0] is not None and day < begins[0]:
        return Verdict(target, thing, "pending", measurement, None)
    return Verdict(target, thing, "unknown", measurement, None, (msg("no bound is given in figures"),))


def _not_yet(target: Target, day: date) -> State | None:
    """Pending while the deadline is ahead."""
    return "pending" if target.by is not None and day <= target.by.last_day else None


def _holds(value: Number, bound: Bound) -> bool | None:
    match bound.kind, bound.value:
        case "at_least", least:
            return at_least(value, least)
        case "at_most", most:
            return at_most(value, most)
        case "between", Quantity() as both:
            return between(value, both)
        case _, same:
            return equals(value, same)


def _kind_for(kind: str, value: Quantity) -> str:
    """An exception may give a range where the rule gives one end."""
    return "between" if value.exact is None else "equals" if kind == "between" else kind


def _average(district: District, target: Target, thing: Thing, kind: str, day: date) -> Bound | Message:
    """The enclosing district's own value, which the metric may take over more than the thing itself is measured over."""
    question, known = target.question, catalogue().get(target.question.metric)
    wider = known.metric.average if known is not None else ()
    if thing.is_declarer and not wider:
        return msg("the average is the district's own value: measure its parts (`each`) against it")
    choices = tuple(sorted({**dict(question.choices), **dict(wider)}.items()))
    whole = Question(question.metric, question.stage, choices=choices, over=question.over)
    value = measure(district, whole, _itself(district), day).value
    if value is None:
        return msg("the district's own value is not known")
    return Bound(kind, value, AVERAGE, msg("the bound is the district's own value"))


def _conditions(entry: Entry) -> Iterator[tuple[str, object]]:
    listed = entry["when"]
    for item in listed if isinstance(listed, list) else []:
        if isinstance(item, dict):
            yield from item.items()


def _on(written: object, day: date) -> object:
    if not is_dated(written):
        return written
    value = next((step.value for step in steps(written) if step.interval.contains(day)), None)
    return value.get("value") if isinstance(value, Mapping) else value


def _evidence(entry: Entry) -> tuple[str, ...]:
    return entry.texts("attested")


def _itself(district: District) -> Thing:
    return Thing("district", district.itself)
