"""A question put to one thing on one day: what is inside that thing, what is left out, what is not known."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from xqctl.conditions import passes, variables
from xqctl.district import District, Entry
from xqctl.expressions import EvaluationError
from xqctl.kinds.schools import School, open_schools
from xqctl.kinds.units import Unit, open_units
from xqctl.measuring.values import Left, Question, Thing
from xqctl.messages import Message, Word, msg
from xqctl.network import Pair, counted, inside, pairs, school_of, stages_at, wholes
from xqctl.quantities import Interval, SchoolYear, school_year, year_of
from xqctl.registers import is_complete
from xqctl.schema import schema
from xqctl.sizes import unlisted
from xqctl.stages import stages_of


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A question put to one thing on one day: what a metric's module looks at.

    `counts` is the sort of things the metric's `among` is about; `left` is what was not counted and why, `lacking` what
    is not known although the count rests on it.
    """

    district: District
    question: Question
    thing: Thing
    day: date
    counts: str = "school"
    left: list[Left] = field(default_factory=list)
    lacking: list[Message] = field(default_factory=list)

    @property
    def stages(self) -> frozenset[str] | None:
        """The stages asked for, None for all of them."""
        return None if self.question.stage is None else stages_of(self.question.stage)

    @property
    def year(self) -> SchoolYear:
        """The school year that holds the day."""
        return school_year(self.day)

    @property
    def period(self) -> Interval:
        """The days flows are measured over: the school year that holds the day, or the calendar year."""
        if self.question.over == "year":
            return year_of(str(self.day.year))
        return self.year.interval

    def choice(self, name: str, default: str = "") -> str:
        """One of the metric's own options."""
        return dict(self.question.choices).get(name, default)

    def schools(self, stages: frozenset[str] | None = None) -> tuple[School, ...]:
        """The schools in the thing that are counted: open, of the stages asked for (or those given), passing `among`.

        The rest is left out with its reason.
        """
        wanted = self.stages if stages is None else stages
        return tuple(school for school in self._inside() if self._counts(school, wanted))

    def units(self, kind: str) -> tuple[Unit, ...]:
        """The units of a kind in the thing: the district's own that are counted, or those directly within a unit."""
        self.rest_on(kind)
        if self.thing.unit is not None:
            outer = self.thing.unit
            found = [u for u in open_units(self.district, self.day, kind) if u.within == outer.id]
        elif self.thing.each == "district":
            found = [u for u in counted(self.district, self.day, kind) if self._is_here(u.entry)]
        else:
            found = []
        return tuple(unit for unit in found if self._has_stage(unit))

    def pairs(self) -> tuple[Pair, ...]:
        """The pairs in the thing: all of the district's, or those that are, or lie within, a unit."""
        self.rest_on("alliances")
        return tuple(
            pair for pair in pairs(self.district, self.day) if self._holds(pair) and self._has_stage(pair.unit)
        )

    def admits(self, entry: Entry, each: str, **around: Entry | None) -> bool:
        """Whether a thing of the sort `each` passes `among`, where that is about this sort; else it is left out."""
        among = self.question.among
        if among is None or each != self.counts:
            return True
        beside = {name: variables(other, self.day) for name, other in around.items() if other is not None}
        passed = passes(among, each, variables(entry, self.day, **beside))
        if isinstance(passed, EvaluationError):
            self.leave_out(entry.id, msg("{among} says nothing of it: {why}", among=among, why=passed.message))
        elif not passed:
            self.leave_out(entry.id, msg("it is not among {among}", among=among))
        return passed is True

    def leave_out(self, label: str, reason: Message) -> None:
        """Notes something that is not counted."""
        left = Left(label, reason)
        if left not in self.left:
            self.left.append(left)

    def lack(self, message: Message) -> None:
        """Notes something that has to be known for the count to stand."""
        if message not in self.lacking:
            self.lacking.append(message)

    def rest_on(self, kind: str, year: SchoolYear | None = None) -> None:
        """Notes that the count rests on a collection, or on that of a school year: it has to be complete."""
        if not is_complete(self.district, kind, self.question.stage, str(year or self.year)):
            self.lack(incomplete(kind, year))

    def list_members(self, unit: Unit) -> None:
        """Notes that the count rests on the members a unit lists: all of them have to be."""
        self.rest_on(unit.kind)
        short = unlisted(self.district, unit, self.day)
        if short is not None:
            self.lack(short)

    def _inside(self) -> Iterator[School]:
        thing = self.thing
        if thing.school is not None:
            yield thing.school
        elif thing.unit is not None:
            self.list_members(thing.unit)
            yield from self._members(thing.unit)
        else:
            self.rest_on("schools")
            yield from (school for school in open_schools(self.district, self.day) if self._is_here(school.entry))

    def _members(self, unit: Unit) -> Iterator[School]:
        """The open schools in a unit, each once; those of another district are left out."""
        seen = set()
        for member in inside(self.district, unit, self.day):
            school = school_of(self.district, member.party)
            if school is None or school.id in seen or not school.is_open(self.day) or school.entry.is_disputed:
                continue
            seen.add(school.id)
            if self.district.is_own(school.entry):
                yield school
            else:
                self.leave_out(school.id, msg("it belongs to {district}", district=school.entry.text("district")))

    def _is_here(self, entry: Entry) -> bool:
        """Whether something belongs to the district measured: the declarer, or one of those it names."""
        return self.thing.is_declarer or entry.text("district") == self.thing.entry.id

    def _holds(self, pair: Pair) -> bool:
        thing = self.thing
        if thing.unit is not None:
            return thing.unit.id in (pair.unit.id, *(whole.id for whole in wholes(self.district, pair.unit)))
        if thing.school is not None:
            return thing.school in pair.schools
        return self._is_here(pair.unit.entry) or any(self._is_here(school.entry) for school in pair.schools)

    def _counts(self, school: School, wanted: frozenset[str] | None) -> bool:
        if wanted is not None:
            has = school.stages(self.day)
            if not has:
                self.leave_out(school.id, msg("its stages are not said"))
                self.lack(msg("the stages of {name} are not said", name=school.id))
            if not wanted & has:
                return False
        return self.admits(school.entry, "school", school=school.entry)

    def _has_stage(self, unit: Unit) -> bool:
        """Whether a unit is of the stages asked for: it says so, or one of its members is."""
        wanted, said = self.stages, unit.stages(self.day)
        if wanted is None or said:
            return wanted is None or bool(wanted & said)
        parties = [member.party for member in inside(self.district, unit, self.day)]
        known = [stages_at(self.district, party, self.day) for party in parties if school_of(self.district, party)]
        if any(wanted & stages for stages in known):
            return True
        if not known or not all(known):
            self.leave_out(unit.id, msg("its stages are not said"))
            self.lack(msg("the stages of {name} are not said", name=unit.id))
        return False


def incomplete(kind: str, year: SchoolYear | None = None) -> Message:
    """Says that a collection is not known to be whole."""
    name = Word(f"{schema(kind)['title']}（{kind}）", f"`{kind}`")
    if year is None:
        return msg("`district.registers` does not say that {kind} is complete", kind=name)
    return msg("`district.registers` does not say that {kind} of {year} is complete", kind=name, year=str(year))
