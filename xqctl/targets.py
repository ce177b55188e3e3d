"""Knows targets: which bound holds for what on a day, and what a measurement says to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from xqctl.bounds import LIKE, Bound, bound_of, holds, is_alike, kind_of
from xqctl.district import District, Entry
from xqctl.labels import label
from xqctl.measuring import Question, Thing, incomplete
from xqctl.messages import Message, msg
from xqctl.metrics import Measurement, leaf, measure
from xqctl.quantities import Interval, PartialDate, interval, is_dated, parse_date, school_year, steps, written
from xqctl.registers import is_complete
from xqctl.stages import stages_of
from xqctl.standards import Standard, standards
from xqctl.things import KINDS, named, things

State = Literal["met", "missed", "pending", "unknown", "waived"]
ALWAYS = Interval()
_REGISTERS = {**KINDS, "pair": "alliances", "school": "schools", "district": "districts"}


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
        return kind_of(self.entry)

    @property
    def by(self) -> PartialDate | None:
        """Its deadline."""
        return parse_date(self.entry["by"])


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
    judged = (_judge_one(district, target, question, thing, day) for thing in picked)
    verdicts = tuple(verdict for verdict in judged if not _is_outside(verdict))
    unseen = None if of is not None and picked else _unseen(district, question, asked, day)
    if unseen is None:
        return verdicts
    return *verdicts, Verdict(target, _itself(district), _not_yet(target, day) or "unknown", None, None, (unseen,))


def _has_stage(thing: Thing, stage: str | None, day: date) -> bool:
    """Whether a school teaches the stage that is spoken of, as far as its stages are said."""
    has = frozenset[str]() if thing.school is None or stage is None else thing.school.stages(day)
    return not has or stage is None or bool(has & stages_of(stage))


def _is_outside(verdict: Verdict) -> bool:
    """Whether a thing is none of those the metric is about: the population of a standard leaves a school out."""
    return verdict.measurement is not None and verdict.measurement.is_outside


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
            return msg("no such {each} is registered on that day", each=label("common.each", each))
        return msg("{incomplete}: only the listed were looked at", incomplete=incomplete(kind))
    return None if asked else msg("there is no such {each} to measure on that day", each=label("common.each", each))


def _judge_one(district: District, target: Target, question: Question, thing: Thing, day: date) -> Verdict:
    measurement = measure(district, question, thing, day)
    bound = bound_of(district, target.entry, question, thing, day)
    if bound is None:
        return _boundless(target, thing, measurement, day)
    later = _not_yet(target, day)
    if isinstance(bound, Message):
        return Verdict(target, thing, later or "unknown", measurement, None, (bound,))
    if measurement.value is None:
        missing = _missing(district, target, measurement)
        return Verdict(target, thing, later or "unknown", measurement, bound, missing)
    if not is_alike(bound.value, measurement):
        reason = msg("`{bound}` is not in the unit of the number; compare {like}", bound=bound.written, like=LIKE)
        return Verdict(target, thing, "unknown", measurement, bound, (reason,))
    is_met = holds(measurement.value, bound)
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
    if target.standard is None or leaf(metric) is not None or district.get("metrics", metric) is not None:
        return found.missing
    return (msg("declare the metric `{metric}` under `metrics` and state it by a figure", metric=metric),)


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
    bounds = target.entry[target.kind] if target.kind is not None else None
    begins = [step.interval.start for step in steps(bounds)] if is_dated(bounds) else []
    if begins and begins[0] is not None and day < begins[0]:
        return Verdict(target, thing, "pending", measurement, None)
    return Verdict(target, thing, "unknown", measurement, None, (msg("no bound is given in figures"),))


def _not_yet(target: Target, day: date) -> State | None:
    """Pending while the deadline is ahead."""
    return "pending" if target.by is not None and day <= target.by.last_day else None


def _evidence(entry: Entry) -> tuple[str, ...]:
    return entry.texts("attested")


def _itself(district: District) -> Thing:
    return Thing("district", district.itself)
