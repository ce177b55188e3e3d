"""考核结果缺单位
Results that lack a unit.

Why:
    同一年里别的单位都有得分，唯独缺了它，排名和平均分就少算一家；当年不参加考核也应说明。

    The others of its kind have scores for that year and this one has none: rankings and averages are short of it.

Wrong:
    district: {name: 某区, level: district, registers: {zones: complete}}
    schools:
      甲校: {stages: primary}
      乙校: {stages: primary}
    zones:
      东学区: {members: {甲校: member}}
      西学区: {members: {乙校: member}}
    evaluations:
      学区考核:
        of: zone
        indicators: {资源共享: {weight: 100%, range: 0..100}}
        results: {2025: {东学区: {资源共享: 86}}}

Right:
    district: {name: 某区, level: district, registers: {zones: complete}}
    schools:
      甲校: {stages: primary}
      乙校: {stages: primary}
    zones:
      东学区: {members: {甲校: member}}
      西学区: {members: {乙校: member}}
    evaluations:
      学区考核:
        of: zone
        indicators: {资源共享: {weight: 100%, range: 0..100}}
        results: {2025: {东学区: {资源共享: 86}, 西学区: {资源共享: 91}}}

Mend:
    补上它的得分；不参加考核的，用 where 把它排除在方案之外。

    Add its scores; where it is not evaluated, leave it out by the scheme's `where`.
"""

from collections.abc import Iterator
from datetime import date

from xqctl.conditions import passes, variables
from xqctl.district import District
from xqctl.findings import Problem, Severity
from xqctl.measuring import Question
from xqctl.messages import msg
from xqctl.quantities import parse_school_year
from xqctl.registers import is_complete
from xqctl.registry import Rule
from xqctl.things import things

RULE = Rule("XQE004", Severity.WARNING)

_KINDS = {"zone": "zones", "group": "groups", "alliance": "alliances", "school": "schools"}


def check(district: District) -> Iterator[Problem]:
    """Only kinds whose register is complete: otherwise nobody knows who else there is."""
    for scheme in district.all("evaluations"):
        sorts = [each for each in scheme.texts("of") if is_complete(district, _KINDS.get(each, each))]
        for year, units in scheme.mapping("results").items() if sorts else ():
            day = _day(year)
            asked = [t for each in sorts for t in things(district, Question("", each=each), day)] if day else []
            lacking = [
                thing.id
                for thing in asked
                if isinstance(units, dict)
                and thing.id not in units
                and passes(scheme.text("where"), thing.each, variables(thing.entry, day or district.as_of)) is True
            ]
            if lacking:
                message = msg("{scheme} has no result of {units} in {year}", scheme=scheme.id, units=lacking, year=year)
                help_ = msg("add the scores, or leave them out by `where`")
                yield Problem(scheme.route("results", year, part="key"), message, help_)


def _day(year: str) -> date | None:
    """The last day of the year evaluated."""
    school_year = parse_school_year(year)
    if school_year is not None:
        return date(school_year.start + 1, 8, 31)
    return date(int(year), 12, 31) if year.isdigit() and len(year) == 4 else None
