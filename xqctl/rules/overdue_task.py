"""逾期的任务
A task or step past its due date.

Why:
    折子里写明了完成时限，到期没有完成又没有说明，就要有人过问；带着逾期任务的文件，别人会以为改革还在按时推进。

    The date was promised. A task that is past it and not done needs somebody's attention; left as it is, readers
    take the reform to be on time.

Wrong:
    district: {name: 某区, level: district, as_of: 2026-10-01}
    tasks:
      制定学区章程: {department: 基教科, owner: 基教科科长, due: 2026-06}

Right:
    district: {name: 某区, level: district, as_of: 2026-10-01}
    tasks:
      制定学区章程: {department: 基教科, owner: 基教科科长, due: 2026-06, done: 2026-06-12}

Mend:
    完成了就写 done 和日期；不做了写 status: stopped；延期要改 due，并在 note 里说明谁同意的。

    Write `done` with its date when it is done, `status: stopped` when it was given up; when it was put off, change
    `due` and say in `note` who agreed.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Severity
from xqctl.messages import Message, msg
from xqctl.quantities import last_day
from xqctl.registry import Rule

RULE = Rule("XQK002", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """The task itself, else each of its steps, whose last day has passed."""
    for task in district.all("tasks"):
        if task["done"] is not None or task["status"] in ("done", "stopped"):
            continue
        if (days := _late(district, task["due"])) is not None:
            yield Problem(task.route("due"), _told(task.id, days), _HELP)
            continue
        for name, step in task.mapping("steps").items():
            if isinstance(step, dict) and "done" not in step and (days := _late(district, step.get("due"))) is not None:
                yield Problem(task.route("steps", name, "due"), _told(name, days), _HELP)


_HELP = msg("write `done` with its date, or put it off with a reason")


def _told(name: str, days: int) -> Message:
    return msg("{name} is {days} days overdue", name=name, days=days)


def _late(district: District, due: object) -> int | None:
    day = last_day(due)
    return (district.as_of - day).days if day is not None and day < district.as_of else None
