"""成员资格超出单位或学校的存续期
A membership that lies outside the life of the unit or of the party.

Why:
    成员在单位成立之前就加入，或在学校撤销之后才加入，两个日期中有一个是错的；按日期查名单时会多一所或少一所。

    A member that joins before the unit began, or after its school closed: one of the two dates is wrong, and lists by
    date are one too long or too short.

Wrong:
    schools: {城桥中学: {stages: junior, standing: quality}, 育林中学: {stages: junior}}
    groups:
      城桥中学教育集团:
        since: 2013-09-01
        members:
          城桥中学: lead
          育林中学: {role: member, since: 2011-09-01}

Right:
    schools: {城桥中学: {stages: junior, standing: quality}, 育林中学: {stages: junior}}
    groups:
      城桥中学教育集团:
        since: 2013-09-01
        members:
          城桥中学: lead
          育林中学: {role: member, since: 2015-09-01}

Mend:
    改正成员的日期，或改正单位、学校的 since、until；学校换了名称或并入别校的，用承接它的学校作成员。

    Correct the member's dates, or `since` and `until` of the unit or school; where a school was renamed or merged,
    its successor is the member.
"""

from collections.abc import Iterator

from xqctl.compose.read import Data
from xqctl.district import District, Entry
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.units import UNIT_KINDS
from xqctl.lives import End, Life, beyond, lives
from xqctl.messages import msg
from xqctl.quantities import steps
from xqctl.registry import Rule

RULE = Rule("XQT002", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Yields each stint whose own dates lie, for certain, outside the life of its unit or of its party."""
    for kind in UNIT_KINDS:
        for unit in district.all(kind):
            for party, value in unit.mapping("members").items():
                if isinstance(value, dict):  # a plain role has no dates
                    yield from _stints(district, unit, party, value)


def _stints(district: District, unit: Entry, party: str, value: Data) -> Iterator[Problem]:
    known = lives(district)
    for step in steps(value):
        stint = step.value if isinstance(step.value, dict) else {}
        since, until = step.key or stint.get("since"), stint.get("until")
        for name in (unit.id, party):
            lived = known.get(name, Life())
            end = beyond(lived, since, until)
            if end is not None and end.written:
                yield _problem(unit, party, step.key, name, lived, end)
                break


def _problem(unit: Entry, party: str, key: str | None, name: str, lived: Life, end: End) -> Problem:
    own, is_early, day = name == party, end is lived.begin, end.written
    if is_early and own:
        message = msg("{party} is a member before it opens on {day}", party=party, day=day)
    elif is_early:
        message = msg("{party} is a member before {name} begins on {day}", party=party, name=name, day=day)
    elif own:
        message = msg("{party} is a member after it closed on {day}", party=party, day=day)
    else:
        message = msg("{party} is a member after {name} ended on {day}", party=party, name=name, day=day)
    where = unit.route("members", party, *((key,) if key else ()), part="key")
    return Problem(where, message, msg("correct one of the dates"), (Related(end.where, msg("it says so here")),))
