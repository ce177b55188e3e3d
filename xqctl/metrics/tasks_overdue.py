"""逾期的折子任务
Tasks overdue.

Formula:
    当日已过完成时限而没有完成的任务数，一项任务只计一次；它的某一步逾期，也算它逾期；停止的不计。时限只到月的按月底。没
    有写时限的不会逾期。选项 as: share 给出占比：÷ 已下达且未停止的任务数；默认 count 给出项数。

    Tasks whose due date has passed and that are not done, each once; a step that is overdue makes its task overdue;
    those stopped do not count. A date that names a month only is its last day. A task without a due date is never
    overdue. The choice `as: share` gives their share of all tasks set and not stopped; `count`, the default, their
    number.

Inputs:
    折子任务 tasks（due、done、status、steps、since、until）；among 按任务的字段选，例如 department。

    tasks (due, done, status, steps, since, until); `among` picks by the fields of the tasks, such as department.

Source:
    东城区2014年方案第24条：以折子形式下发，明确责任部门、负责人、阶段任务与完成时限。

    Dongcheng 2014, measure 24: task orders with department, owner, steps and due date.
"""

from xqctl import contents, counting
from xqctl.kinds.tasks import Task
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("count", choices=(("as", ("count", "share")),), among="task")


def measure(frame: Frame) -> Counted | Unknown:
    """Counts the tasks that are overdue, or their share."""
    tasks = contents.tasks_in(frame)
    overdue = [_overdue(frame, task) for task in tasks if task.is_overdue(frame.day)]
    for task in tasks:
        if task.due is None and not any(step.due for step in task.steps) and not task.is_done(frame.day):
            frame.leave_out(task.id, msg("it has no due date"))
    if frame.choice("as") == "count":
        return counting.count(overdue)
    return counting.share(frame, overdue, (Item(t.id, 1, t.entry.route()) for t in tasks), msg("no task is set"))


def _overdue(frame: Frame, task: Task) -> Item:
    """The task, or the first of its steps that is late."""
    if task.due is not None and task.due < frame.day:
        return Item(task.id, 1, task.entry.route("due"))
    step = task.late_steps(frame.day)[0]
    return Item(f"{task.id}: {step.name}", 1, step.route)
