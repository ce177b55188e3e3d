"""一个片区单校划给两所学校
An area in two single-school catchments.

Why:
    单校划片是一个片区只对口一所学校。同一街镇或同一小区同时单校划给两校，家长无所适从。几校共用的是多校划片或派位。
    列了小区的，街镇只说明小区在哪里，比较小区；没有列的，整个街镇都在内。

    A single-school catchment sends each place to one school. The same subdistrict or estate in two of them, for one
    stage at one time, leaves parents with two answers; places shared by schools are `several` or a `lottery`. Where
    areas are listed, the subdistrict only says where these lie; where none are, all of it is meant.

Wrong:
    schools: {甲小学: {stages: primary}, 乙小学: {stages: primary}}
    catchments:
      甲小学片区: {schools: 甲小学, stage: primary, areas: [和平里社区, 安定社区], way: single}
      乙小学片区: {schools: 乙小学, stage: primary, areas: 安定社区, way: single}

Right:
    schools: {甲小学: {stages: primary}, 乙小学: {stages: primary}}
    catchments:
      和平里片区: {schools: 甲小学, stage: primary, areas: 和平里社区, way: single}
      安定片区: {schools: [甲小学, 乙小学], stage: primary, areas: 安定社区, way: several}

Mend:
    划给其中一所；两校都可上的，另写一个 `way: several` 或 lottery 的片区；调整过的，给旧的写 until。

    Leave it to one of them; where both are open to it, write a catchment of its own, `way: several` or lottery; where
    it was moved, give the old one an `until`.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.admissions import Catchment, open_catchments
from xqctl.messages import msg
from xqctl.network import stages_at
from xqctl.registry import Rule

RULE = Rule("XQA004", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Subdistricts and areas that two single-school catchments of one stage hold on the day."""
    seen: dict[tuple[str, str], list[tuple[Catchment, int]]] = {}
    for catchment in open_catchments(district, district.as_of):
        if catchment.way != "single":
            continue
        field, places = ("areas", catchment.areas) if catchment.areas else ("subdistricts", catchment.subdistricts)
        for position, place in enumerate(places):
            known = seen.setdefault((field, place), [])
            for other, there in known:
                if _compete(district, catchment, other):
                    yield Problem(
                        catchment.entry.item(field, position),
                        msg(
                            "{place} goes to {first} alone and to {second} alone",
                            place=place,
                            first=other.schools,
                            second=catchment.schools,
                        ),
                        msg("leave it to one of them, or write a catchment of way several for both"),
                        (Related(other.entry.item(field, there), msg("in {catchment}", catchment=other.entry.name)),),
                    )
                    break
            known.append((catchment, position))


def _compete(district: District, one: Catchment, other: Catchment) -> bool:
    """Whether two catchments are of one stage for other schools; places of one name elsewhere are others."""
    apart = one.subdistricts and other.subdistricts and not set(one.subdistricts) & set(other.subdistricts)
    shared = _stages(district, one) & _stages(district, other)
    return bool(shared) and not apart and set(one.schools) != set(other.schools)


def _stages(district: District, catchment: Catchment) -> frozenset[str]:
    if catchment.stage is not None:
        return frozenset((catchment.stage,))
    return frozenset[str]().union(*(stages_at(district, school, district.as_of) for school in catchment.schools))
