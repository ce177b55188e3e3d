"""示范高中名额分配比例
Share of places of model senior schools that are allotted.

Formula:
    招生年度内，本区示范高中分配到各初中的名额数 ÷ 招生计划总数。年度取包含当日的那一年。

    In the year of admission that holds the day, places of the district's model senior schools allotted to junior
    schools over all their places.

Inputs:
    名额分配 quotas（year、of、places、allotted）；学校 schools 中 designations 含 model_senior 的高中。某校当年没有名额
    分配 quotas、没写 places 或 allotted 的，不能计数。

    quotas (year, of, places, allotted); schools whose designations hold model_senior. Where one of them has no quota of
    that year, or one without places or allotted, it cannot be counted.

Source:
    东城区2014年方案：示范高中招生名额分配到初中的比例三年内由30%提高到50%；优质均衡督导评估办法（2017）：不低于50%。

    Dongcheng 2014: from 30 % to 50 % in three years; the national method of 2017: at least 50 %.
"""

from collections.abc import Sequence

from xqctl import counting
from xqctl.kinds.admissions import Quota, quotas
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg
from xqctl.network import school_of

METRIC = Metric("ratio")
SENIOR = frozenset(("senior",))


def measure(frame: Frame) -> Counted | Unknown:
    """Adds up the places, all and allotted, of the model senior schools."""
    frame.rest_on("quotas")
    model = {
        s.id for s in frame.schools(SENIOR) if "model_senior" in counting.listed(s.entry, "designations", frame.day)
    }
    found = [
        quota for quota in quotas(frame.district) if quota.year.contains(frame.day) and _is_of(frame, quota, model)
    ]
    without = sorted(model - {_school(frame, quota) for quota in found})
    if without:
        frame.lack(msg("no quota on {day}: {schools}", day=frame.day, schools=without))
    places, allotted = _places(frame, found)
    return counting.share(frame, allotted, places, msg("there is no model senior school"))


def _is_of(frame: Frame, quota: Quota, model: set[str]) -> bool:
    if _school(frame, quota) in model:
        return True
    frame.leave_out(quota.entry.id, msg("{school} is no model senior school here", school=quota.school))
    return False


def _school(frame: Frame, quota: Quota) -> str:
    school = school_of(frame.district, quota.school)
    return quota.school if school is None else school.id


def _places(frame: Frame, found: Sequence[Quota]) -> tuple[list[Item], list[Item]]:
    places, allotted = list[Item](), list[Item]()
    for quota in found:
        if quota.places is None or "allotted" not in quota.entry.data:
            frame.lack(msg("{quota} does not say its places, or how they are allotted", quota=quota.entry.id))
            continue
        places.append(Item(quota.entry.id, quota.places, quota.entry.route("places")))
        for school, count in quota.allotted.items():
            allotted.append(Item(f"{quota.entry.id}: {school}", count, quota.entry.route("allotted", school)))
    return places, allotted
