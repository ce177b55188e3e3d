"""A question, the thing it is asked of, and its answer."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from xqctl.district import Entry
from xqctl.kinds.schools import School
from xqctl.kinds.units import Unit
from xqctl.messages import Message
from xqctl.place import Route
from xqctl.quantities import Quantity, Ratio

Number = Ratio | Quantity | Decimal | int
Basis = Literal["counted", "stated", "none"]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a metric, and over what. `where` picks the things measured, `among` what is counted inside.

    `each` None asks it of the declarer as a whole; ``district`` asks it of each district of a city.
    """

    metric: str
    stage: str | None = None
    each: str | None = None
    of: str | None = None
    where: str | None = None
    among: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    over: str = "school_year"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing measured: a district, a unit, a pair or a school."""

    each: str
    entry: Entry
    unit: Unit | None = None
    school: School | None = None

    @property
    def id(self) -> str:
        """Its id; a district is called by its name."""
        return self.entry.id or self.entry.name

    @property
    def is_declarer(self) -> bool:
        """Whether it is all that is declared, not one of the things in it."""
        return self.entry.kind == "district"


@dataclass(frozen=True, slots=True)
class Item:
    """Something counted: what it is called, how much it adds, and where that stands."""

    label: str
    amount: Number
    route: Route | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """Something left out of the count, and why."""

    label: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Counted:
    """A value and how it came about: the parts of numerator and denominator, what was left out, the steps between.

    `basis` is stated where the value comes from what a unit declares of itself instead of what is listed.
    """

    value: Number
    numerator: tuple[Item, ...] = ()
    denominator: tuple[Item, ...] = ()
    left_out: tuple[Left, ...] = ()
    steps: tuple[Message, ...] = ()
    approximate: bool = False
    basis: Literal["counted", "stated"] = "counted"


@dataclass(frozen=True, slots=True)
class Unknown:
    """No value, and which data would give one; `outside` says that the thing is none of those that are measured."""

    missing: tuple[Message, ...]
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Metric:
    """What a metric's module says of itself besides its page.

    `measured_in` is ratio, count, money (元), area (m²), index or score; `each` the sorts of things it can be asked of;
    `registers` the collections that must always be complete for its count to stand (a frame notes those that depend on
    what is asked); `among` the sort of things it counts; `choices` its own options, the first value of each being the
    default: where that is one number, any number will do, where it is one empty text, any text; `average` the choices
    that make the district's own value the average its parts are held against.
    """

    measured_in: str
    each: tuple[str, ...] = ("district",)
    registers: tuple[str, ...] = ()
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    among: str = "school"
    average: tuple[tuple[str, str], ...] = ()
