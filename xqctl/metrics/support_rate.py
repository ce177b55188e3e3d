"""支教比例
Teachers on teaching support against the teachers of the paired schools.

Formula:
    当学年从非乡村学校派到乡村或薄弱学校支教（mode: support）的教师人数 ÷ 城乡结对学校的专任教师数。按人数计，不折算工作
    量。城乡结对，指一方是乡村学校、另一方不是的结对。选项 denominator: both_sides（默认）分母取结对双方，urban_side 只
    取城镇一方；to: rural 只计派到乡村学校的，默认 rural_or_weak。

    Teachers on support (mode: support) sent in the school year from schools that are not rural to rural or weak ones,
    over the full-time teachers of urban-rural pairs. Persons count, not their share of time. A pair is urban-rural
    where one school is rural and another is not. The choice `denominator: both_sides`, the default, takes the teachers
    of both sides, `urban_side` those of the other side only; `to: rural` counts those sent to rural schools only, the
    default is rural_or_weak.

Inputs:
    人员流动 postings（year、mode、role、count、from、to）、联盟 alliances（form: pair）、学校 schools（setting、
    standing），以及当学年的统计数据 statistics.full_time_teachers，对方是外区学校的也要有。over: year 时，计当年开始的
    支教。

    postings (year, mode, role, count, from, to), alliances (form: pair), schools (setting, standing), and
    statistics.full_time_teachers of the school year, also of schools of other districts. With `over: year`, support
    that begins in the calendar year.

Source:
    教育部简报〔2015〕第36期：中心城区每年选派到农村学校支教教师数不低于城乡结对学校专任教师总数的2.5%。原文没有说分母取
    双方还是一方，所以是选项。

    Ministry briefing 2015 no. 36: at least 2.5 % of the full-time teachers of urban-rural paired schools. It does not
    say whether both sides are meant, hence the choice.
"""

from xqctl import counting, posted
from xqctl.kinds.schools import School
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg
from xqctl.network import Pair, school_of, setting_at

METRIC = Metric(
    "ratio",
    each=("district", "zone", "group", "alliance"),
    choices=(("denominator", ("both_sides", "urban_side")), ("to", ("rural_or_weak", "rural"))),
)


def measure(frame: Frame) -> Counted | Unknown:
    """Counts the people sent, and the teachers of the schools in urban-rural pairs."""
    to = posted.TO_RURAL if frame.choice("to") == "rural" else posted.TO_POOR
    sent = posted.people(frame, posted.sent(frame, ("teacher",), ("support",)), posted.FROM_TOWN, to)
    schools = {school.id: school for pair in frame.pairs() for school in _sides(frame, pair)}
    teachers = counting.as_written(frame, "full_time_teachers", schools.values())
    return counting.share(frame, sent, teachers, msg("there is no urban-rural pair"))


def _sides(frame: Frame, pair: Pair) -> tuple[School, ...]:
    """The schools of a pair whose teachers count: none, where it is not known to be urban-rural."""
    frame.list_members(pair.unit)
    rural, other, unsaid = dict[str, School](), dict[str, School](), []
    for member in pair.unit.members_on(frame.day):
        school, setting = school_of(frame.district, member.party), setting_at(frame.district, member.party, frame.day)
        if school is not None and setting is None:
            unsaid.append(member.party)
        elif school is not None and _is_of_stage(frame, school):
            (rural if setting == "rural" else other)[school.id] = school
    if unsaid:
        frame.lack(msg("the setting of {schools} is not said", schools=unsaid))
    if not rural or not other:
        frame.leave_out(pair.unit.id, msg("it is no urban-rural pair"))
        return ()
    return tuple(other.values()) if frame.choice("denominator") == "urban_side" else (*other.values(), *rural.values())


def _is_of_stage(frame: Frame, school: School) -> bool:
    return frame.stages is None or bool(frame.stages & school.stages(frame.day))
