"""完成的折子任务
Tasks done.

Formula:
    当日已完成的任务数：写有 done 日期且不晚于当日的，或没写日期而 status 为 done 的；停止的不计。日期只到月的按月底。选
    项 as: share 给出占比：÷ 已下达且未停止的任务数；默认 count 给出项数。

    Tasks that are done on the day: with a date `done` not after it, or, without a date, of status done; those stopped
    do not count. A date that names a month only is its last day. The choice `as: share` gives their share of all tasks
    set and not stopped; `count`, the default, their number.

Inputs:
    折子任务 tasks（done、status、since、until）；among 按任务的字段选，例如 department。

    tasks (done, status, since, until); `among` picks by the fields of the tasks, such as department.

Source:
    东城区2014年方案第24条：以折子形式下发，明确责任部门、负责人、阶段任务与完成时限。

    Dongcheng 2014, measure 24: task orders with department, owner, steps and due date.
"""

from xqctl import contents, counting
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("count", choices=(("as", ("count", "share")),), among="task")


def measure(frame: Frame) -> Counted | Unknown:
    """Counts the tasks that are done, or their share."""
    tasks = contents.tasks_in(frame)
    done = [
        Item(task.id, 1, task.entry.route("done" if task.done else "status"))
        for task in tasks
        if task.is_done(frame.day)
    ]
    if frame.choice("as") == "count":
        return counting.count(done)
    return counting.share(frame, done, (Item(t.id, 1, t.entry.route()) for t in tasks), msg("no task is set"))
