"""资源配置七项指标达标项数
How many of the seven resource indicators are met.

Formula:
    一所学校一个学段达到（不低于）下限的项数，0至7；学校有几个学段的，每个学段各算一所，取项数最少的。问到区
    县、学区、集团，是其中项数最少的学校。几个学段合写的，按加权学生数 小学:初中:高中 = 1:1.1:1.32 分摊（九年
    一贯 1:1.1，完全中学 初中:高中 = 1:1.2）。

    How many of the seven a stage of a school reaches (has at least the floor of), 0 to 7. Each stage of a school
    counts as a school: of several the one that meets the fewest gives the value, and so for a district, zone or
    group. What several stages share and is written only for the whole school is split by weighted pupils, primary :
    junior : senior = 1 : 1.1 : 1.32 (nine-year schools 1 : 1.1, complete secondary schools 1 : 1.2).

Inputs:
    七项指标所需的各项 statistics；rented 同 sports_area_per_pupil，indoor 同 teaching_area_per_pupil。没有小
    学、初中部的学校没有值。population 选定计入的学校：all（默认）全部；quality_2017 只计小学、初中部，不计不
    足50人的教学点；basic_2012 只计教育部门办的小学、初中部，不计小学教学点。

    All that the seven need of statistics; `rented` as for sports_area_per_pupil, `indoor` as for
    teaching_area_per_pupil. A school without a primary or junior department has no value. `population` says which
    schools count: all (default); quality_2017 only primary and junior departments, without teaching points of fewer
    than 50 pupils; basic_2012 only those the county's education department runs, without primary teaching points.

Source:
    教督〔2017〕6号（优质均衡）资源配置：小学 4.2、1、0.9人，4.5、7.5平方米，2000元，2.3间；初中 5.3、1、0.9
    人，5.8、10.2平方米，2500元，2.4间（前两项见正式文本，其余见转载文本）；每校至少达到6项（转载文本）。余下
    一项不低于85%的说法未见原文，不作判断。

    The 2017 method (教督〔2017〕6号), resources: primary 4.2, 1, 0.9 persons, 4.5, 7.5 m², 2000 yuan, 2.3 rooms;
    junior 5.3, 1, 0.9, 5.8, 10.2, 2500, 2.4 (the first two from an official text, the others from secondary ones);
    every school meets at least 6 (secondary text). That the seventh may not be below 85 % was not found in any text
    and is not held against anyone.
"""

from xqctl.departments import POPULATION, departments, nothing
from xqctl.indicators import EACH, INDOOR, RENTED, met
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import Message, msg
from xqctl.stages import COMPULSORY

METRIC = Metric("count", each=EACH, choices=(RENTED, INDOOR, POPULATION))


def measure(frame: Frame) -> Counted | Unknown:
    """Holds each department against the floors of its stage; the least is the value."""
    items, counts, steps, missing = list[Item](), list[int](), list[Message](), list[Message]()
    for department in departments(frame, apart=True):
        if not department.stages or not department.stages <= COMPULSORY:
            frame.leave_out(department.label, msg("the floors are for primary and junior departments"))
            continue
        found = met(frame, department)
        if isinstance(found, Unknown):
            missing += found.missing
            continue
        count, told = found
        counts.append(count)
        items.append(Item(department.label, count, department.school.entry.route()))
        steps += (*told, msg("{department}: {count} of 7 met", department=department.label, count=count))
    if missing:
        return Unknown(tuple(dict.fromkeys(missing)))
    if not items:
        return nothing(frame)
    return Counted(min(counts), tuple(items), (), tuple(frame.left), tuple(steps))
