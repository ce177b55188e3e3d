"""Knows the indicators of balanced compulsory education: what each divides by what, and the floors it is held to.

The seven of 教督〔2017〕6号 with their floors (the first two read in an official text, the others in
secondary ones), and the eight of 教督〔2012〕3号 (a secondary text).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from xqctl import counting
from xqctl.departments import Amount, Department, Gap, amount_of, departments, missing, nothing, ratio_of, shown
from xqctl.measuring import Counted, Frame, Item, Unknown
from xqctl.messages import Message, Word, msg
from xqctl.place import Route

EACH = ("district", "zone", "group", "alliance", "school")
"""The sorts of things an indicator is asked of; of two units or schools it is the value of all their pupils."""

RENTED = ("rented", ("left_out", "counted"))
"""Whether rooftop, underground and leased sports grounds count: crowded centres of big cities may."""

INDOOR = ("indoor", ("left_out", "counted"))
"""Whether indoor sports rooms count as teaching rooms: under the 2017 method they do not."""

_SMALL = range(50, 100)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number of a school over one of its pupils, or of `factor` of them; `floors` are those of 2017, by stage."""

    zh: str
    top: str
    factor: int = 1
    floors: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One department: its pupils and what they have, and where both stand."""

    department: Department
    pupils: Fraction
    raw: Fraction
    routes: tuple[Route, Route]

    @property
    def value(self) -> Fraction:
        """What one pupil has."""
        return self.raw / self.pupils


def _floors(primary: str, junior: str) -> tuple[tuple[str, Decimal], ...]:
    return (("primary", Decimal(primary)), ("junior", Decimal(junior)))


INDICATORS: Mapping[str, Indicator] = {
    "above_degree_per_100": Indicator(
        "每百名学生拥有高于规定学历教师数", "above_degree_teachers", 100, _floors("4.2", "5.3")
    ),
    "backbone_per_100": Indicator("每百名学生拥有县级以上骨干教师数", "backbone_teachers", 100, _floors("1", "1")),
    "arts_pe_per_100": Indicator("每百名学生拥有体育、艺术专任教师数", "arts_pe_teachers", 100, _floors("0.9", "0.9")),
    "teaching_area_per_pupil": Indicator("生均教学及辅助用房面积", "teaching_area", 1, _floors("4.5", "5.8")),
    "sports_area_per_pupil": Indicator("生均体育运动场馆面积", "sports_area", 1, _floors("7.5", "10.2")),
    "equipment_per_pupil": Indicator("生均教学仪器设备值", "equipment_value", 1, _floors("2000", "2500")),
    "multimedia_rooms_per_100": Indicator(
        "每百名学生拥有网络多媒体教室数", "multimedia_rooms", 100, _floors("2.3", "2.4")
    ),
    "computers_per_100": Indicator("每百名学生拥有计算机台数", "computers", 100),
    "books_per_pupil": Indicator("生均图书册数", "books"),
    "teachers_per_pupil": Indicator("师生比", "full_time_teachers"),
    "above_degree_per_pupil": Indicator("生均高于规定学历教师数", "above_degree_teachers"),
    "mid_level_per_pupil": Indicator("生均中级及以上专业技术职务教师数", "mid_level_teachers"),
}
SEVEN = tuple(INDICATORS)[:7]
"""资源配置七项指标 of 2017."""

EIGHT = (
    "teaching_area_per_pupil",
    "sports_area_per_pupil",
    "equipment_per_pupil",
    "computers_per_100",
    "books_per_pupil",
    "teachers_per_pupil",
    "above_degree_per_pupil",
    "mid_level_per_pupil",
)
"""八项指标 of 2012."""


def per_pupil(frame: Frame, indicator: str) -> Counted | Unknown:
    """An indicator of the thing: what all its departments have over all their pupils, never a mean of means."""
    steps: list[Message] = []
    found = rows(frame, indicator, departments(frame, apart=False), steps)
    if isinstance(found, Unknown):
        return found
    factor = INDICATORS[indicator].factor
    raw, pupils = sum((row.raw for row in found), Fraction(0)), sum((row.pupils for row in found), Fraction(0))
    value = factor * raw / pupils
    steps.append(divided(raw, factor, pupils, value))
    return Counted(ratio_of(value), *items_of(found), tuple(frame.left), tuple(steps))


def rows(frame: Frame, indicator: str, of: tuple[Department, ...], steps: list[Message]) -> tuple[Row, ...] | Unknown:
    """What each department has and how many pupils; those without pupils are left out. Steps tell what was split."""
    lacking = gaps(frame, (indicator,), of)
    if lacking:
        return Unknown(lacking)
    found = list[Row]()
    for department in of:
        pupils, raw = department.amount("students"), _raw(frame, department, INDICATORS[indicator].top, steps)
        if isinstance(pupils, Gap) or isinstance(raw, Gap):
            continue
        if pupils.value:
            found.append(Row(department, pupils.value, raw.value, (raw.route, pupils.route)))
        else:
            frame.leave_out(department.label, msg("it has no pupils"))
    return tuple(found) or nothing(frame)


def gaps(frame: Frame, indicators: tuple[str, ...], of: tuple[Department, ...]) -> tuple[Message, ...]:
    """What is not there of all that several indicators need."""
    names = dict.fromkeys(name for each in indicators for name in ("students", *_fields(frame, INDICATORS[each].top)))
    amounts = (department.amount(name) for name in names for department in of)
    return missing(frame, (amount for amount in amounts if isinstance(amount, Gap)))


def met(frame: Frame, department: Department) -> tuple[int, tuple[Message, ...]] | Unknown:
    """How many of the seven a department of one stage meets (has at least its floor), and what it has of each."""
    lacking = gaps(frame, SEVEN, (department,))
    if lacking:
        return Unknown(lacking)
    (stage,) = department.stages
    steps, count = list[Message](), 0
    for name in SEVEN:
        indicator = INDICATORS[name]
        floor = dict(indicator.floors)[stage]
        found = rows(frame, name, (department,), steps)
        if isinstance(found, Unknown):
            return found
        value = indicator.factor * found[0].value
        is_met = value >= Fraction(floor)
        count += is_met
        division = divided(found[0].raw, indicator.factor, found[0].pupils, value, floor)
        told = {"department": department.label, "indicator": called(name), "division": division, "floor": floor}
        steps.append(
            msg("{department}: {indicator} {division}, at least {floor} is asked: met", **told)
            if is_met
            else msg("{department}: {indicator} {division}, at least {floor} is asked: not met", **told)
        )
    return count, tuple(steps)


def called(indicator: str) -> Word:
    """What a step calls an indicator."""
    return Word(INDICATORS[indicator].zh, indicator)


def divided(raw: Fraction, factor: int, pupils: Fraction, value: Fraction, beside: Decimal | None = None) -> Message:
    """A division as a step; `beside` a floor with as many digits as tell on which side of it the value lies."""
    told = {"raw": shown(raw), "pupils": shown(pupils), "value": shown(value, beside=beside)}
    if factor == 1:
        return msg("{raw} ÷ {pupils} = {value}", **told)
    return msg("{raw} × {factor} ÷ {pupils} = {value}", factor=factor, **told)


def items_of(found: tuple[Row, ...]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """What is had, and by how many pupils."""
    top = tuple(Item(row.department.label, amount_of(row.raw), row.routes[0]) for row in found)
    return top, tuple(Item(row.department.label, amount_of(row.pupils), row.routes[1]) for row in found)


def _fields(frame: Frame, name: str) -> tuple[str, ...]:
    """What has to be known of a school for one of its numbers to count."""
    return (name, "indoor_sports_area") if name == "teaching_area" and _is_without_indoor(frame) else (name,)


def _is_without_indoor(frame: Frame) -> bool:
    return frame.choice("indoor", "left_out") == "left_out"


def _raw(frame: Frame, department: Department, name: str, steps: list[Message]) -> Amount | Gap:
    """What a department has: its number, and what an indicator adds to it or takes away."""
    own = department.amount(name)
    if isinstance(own, Gap):
        return own
    steps += own.steps
    match name:
        case "teaching_area" if _is_without_indoor(frame):
            field, sign = "indoor_sports_area", -1
        case "sports_area" if frame.choice("rented") == "counted":
            field, sign = "rented_sports_area", 1
        case "arts_pe_teachers" if _is_small(frame, department):
            field, sign = "visiting_arts_pe_teachers", 1
        case _:
            return own
    other = department.amount(field, where_written=sign > 0)
    if isinstance(other, Gap):
        return own if sign > 0 else other
    steps += other.steps
    value = own.value + sign * other.value
    told = {"department": department.label, "name": counting.field_name(name), "field": counting.field_name(field)}
    told |= {"own": shown(own.value), "other": shown(other.value), "value": shown(value)}
    steps.append(
        msg("{department}: {name} − {field} = {own} − {other} = {value}", **told)
        if sign < 0
        else msg("{department}: {name} + {field} = {own} + {other} = {value}", **told)
    )
    return Amount(value, own.route)


def _is_small(frame: Frame, department: Department) -> bool:
    """Whether it is a rural school of 50 to 99 pupils, which may count teachers who come from elsewhere."""
    if department.school.setting(frame.day) != "rural":
        return False
    pupils = department.whole("students")
    return isinstance(pupils, Amount) and pupils.value in _SMALL
