"""没有责任部门、负责人或期限的任务
A task that nobody has to do, or never.

Why:
    折子里的任务要落到责任部门、负责人和完成时限上；少了哪一样，到时候都没有人交账。

    A task is kept by a department, a post and a date; where one is lacking nobody answers for it in the end.

Wrong:
    tasks:
      制定学区章程: {department: 基教科, due: 2027-06}

Right:
    tasks:
      制定学区章程: {department: 基教科, owner: 基教科科长, due: 2027-06}

Mend:
    补上 department、owner（写岗位，不写人名）和 due；文件确实没有写明的，在 note 里说明并用注释忽略。

    Add department, owner (a post, not a name) and due; where the document really does not say, silence it and why.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Severity
from xqctl.messages import Word, msg
from xqctl.registry import Rule

RULE = Rule("XQK001", Severity.WARNING)

_NEEDED = {
    "department": Word("责任部门（department）", "a department"),
    "owner": Word("负责人（owner）", "an owner"),
    "due": Word("完成时限（due）", "a due date"),
}


def check(district: District) -> Iterator[Problem]:
    """One finding a task, naming all it lacks; what is done already needs nothing more."""
    for task in district.all("tasks"):
        lacking = [
            word for name, word in _NEEDED.items() if task[name] is None and not _is_over(task["done"], task["status"])
        ]
        if lacking and not (lacking == [_NEEDED["due"]] and _every_step_is_due(task.mapping("steps"))):
            message = msg("the task {task} is without {lacking}", task=task.id, lacking=lacking)
            yield Problem(task.route(), message, msg("say who answers for it, and by when"))


def _is_over(done: object, status: object) -> bool:
    return done is not None or status in ("done", "stopped")


def _every_step_is_due(steps: object) -> bool:
    """A task whose every step has its own date has one."""
    return isinstance(steps, dict) and bool(steps) and all(isinstance(s, dict) and "due" in s for s in steps.values())
