"""没有任务落实的举措
A measure that no task carries out.

Why:
    方案里的举措要以折子的形式下发，有任务落实。区里已经登记了任务，而这条举措一项也没有，多半是漏登。
    registers 里写明 tasks 只登记了部分的，不作此判断。

    A plan's measures are handed down as tasks. This district does keep tasks, and none of them serves this measure:
    most likely one was forgotten. Where `registers` says that only part of the tasks is there, this is not asked.

Wrong:
    measures:
      学区工作委员会: {number: 2, title: 成立各学区工作委员会}
      对口入学: {number: 7, title: 探索学区内中小学对口入学机制}
    tasks:
      成立委员会: {measure: 学区工作委员会, department: 基教科, owner: 基教科科长, due: 2027-06}

Right:
    measures:
      学区工作委员会: {number: 2, title: 成立各学区工作委员会}
    tasks:
      成立委员会: {measure: 学区工作委员会, department: 基教科, owner: 基教科科长, due: 2027-06}

Mend:
    给它登记一项任务，在任务的 measure 里写上这条举措。

    Enter a task for it, and name the measure in the task's `measure`.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Severity
from xqctl.messages import msg
from xqctl.registry import Rule

RULE = Rule("XQK003", Severity.INFO)


def check(district: District) -> Iterator[Problem]:
    """Only where tasks name measures at all: a district that keeps none has not forgotten this one."""
    served = {measure for task in district.all("tasks") for measure in task.texts("measure")}
    if not served or not district.whole or district.itself.mapping("registers").get("tasks") == "partial":
        return
    for measure in district.all("measures"):
        if measure.id not in served and not measure.is_disputed:
            message = msg("no task carries out the measure {measure}", measure=measure.id)
            yield Problem(measure.route(), message, msg("enter a task whose `measure` names it"))
