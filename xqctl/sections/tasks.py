"""举措与任务
Measures and tasks.

About:
    改革举措和折子任务：由谁牵头、何时到期、完成没有、逾期没有；时间轴。

    Reform measures and task orders: who leads them, when they are due, what is done and what is overdue; on a time
    line.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from xqctl.kinds.tasks import Step, Task, open_tasks
from xqctl.labels import label
from xqctl.messages import Message, msg
from xqctl.page import Block, Cell, Chart, Column, Fold, Heading, Paragraph, Part, Run, Table, Tone, line
from xqctl.quantities import first_day
from xqctl.sections import State

PLACE = 100
_METRICS = ("tasks_done", "tasks_overdue")
_TONES = {"done": Tone.GOOD, "under_way": Tone.PLAIN, "planned": Tone.MUTED, "stopped": Tone.WARN, "overdue": Tone.BAD}
_OVERDUE = msg("overdue")


def part(state: State) -> Part | None:
    """Measures and tasks with their dates."""
    return state.part(__name__, tuple(_blocks(state)))


def _blocks(state: State) -> Iterator[Block]:
    found = open_tasks(state.district, state.district.as_of)
    measures = [entry for entry in state.district.all("measures") if not entry.is_disputed]
    if not found and not measures:
        return
    status = {task.id: _status(task, state.district.as_of) for task in found}
    counts = Counter(status.values())
    told = {"measures": len(measures), "tasks": len(found), "done": counts["done"], "overdue": counts["overdue"]}
    yield Paragraph(line(msg("registered: measures {measures}, tasks {tasks}, done {done}, overdue {overdue}", **told)))
    if found:
        yield from _tasks(state, found, status)
    numbers = tuple(state.numbers(_METRICS, "tasks.numbers"))
    if numbers:
        yield Heading(msg("Numbers and targets"), 3)
        yield from numbers
    if measures:
        columns = (
            Column(msg("serial"), "number"),
            Column(msg("measure"), "name"),
            Column(msg("what it says")),
            Column(msg("instruments")),
            Column(msg("tasks"), "number"),
            Column(msg("since"), "date"),
            Column(msg("source")),
            Column(msg("where"), "name"),
        )
        many = Counter(name for task in found for name in task.entry.texts("measure"))
        rows = tuple(_measure(state, entry.id, many[entry.id]) for entry in measures)
        anchors = tuple(state.anchor("measure", entry.id) for entry in measures)
        yield Heading(msg("Measures"), 3)
        yield Table(columns, rows, state.table("tasks.measures"), anchors)


def _status(task: Task, day: date) -> str:
    if task.is_overdue(day):
        return "overdue"
    return "done" if task.is_done(day) else "under_way" if task.status in (None, "done") else task.status


def _said(status: str) -> Run:
    said = _OVERDUE if status == "overdue" else msg("{status}", status=label("tasks.status", status))
    return Run(said, _TONES[status])


def _tasks(state: State, found: Sequence[Task], status: dict[str, str]) -> Iterator[Block]:
    columns = (
        Column(msg("task"), "name"),
        Column(msg("status")),
        Column(msg("begins"), "date"),
        Column(msg("ends"), "date"),
        Column(msg("due"), "date"),
        Column(msg("department")),
        Column(msg("measure")),
        Column(msg("where"), "name"),
    )
    ordered = sorted(found, key=lambda task: (_begins(task) or date.max, task.id))
    rows = tuple(_task(state, task, status[task.id]) for task in ordered)
    title, about = (
        msg("Tasks on a time line"),
        msg("each task from its first step to the day it was done or is due, by status"),
    )
    table = Table(columns, rows, state.table("tasks.tasks"))
    yield Chart(title, about, "spans", table, category=0, value=2, series=1, until=3)
    steps = [step for task in ordered for step in task.steps]
    if steps:
        titles = (
            Column(msg("task"), "name"),
            Column(msg("step"), "name"),
            Column(msg("what")),
            Column(msg("due"), "date"),
            Column(msg("done"), "date"),
            Column(msg("where"), "name"),
        )
        made = tuple(_step(state, step) for step in steps)
        yield Fold(line(msg("steps: {count}", count=len(steps))), (Table(titles, made, state.table("tasks.steps")),))


def _begins(task: Task) -> date | None:
    """The first day the task speaks of."""
    days = [first_day(task.entry["since"]), *(day for step in task.steps for day in (step.due, step.done))]
    known = [day for day in (*days, task.done, task.due) if day is not None]
    return min(known, default=None)


def _task(state: State, task: Task, status: str) -> tuple[Cell, ...]:
    measures = task.entry.texts("measure")
    to = state.to("measure", measures[0]) if measures else ""
    return (
        task.id,
        _said(status),
        _begins(task),
        task.done or task.due,
        task.due,
        _names(task.entry.texts("department")),
        Run(_names(measures), to=to),
        state.at(task.entry.route()),
    )


def _step(state: State, step: Step) -> tuple[Cell, ...]:
    what = step.task.mapping("steps").get(step.name)
    said = what.get("what") if isinstance(what, dict) else None
    return (step.task.id, step.name, str(said or ""), step.due, step.done, state.at(step.route))


def _measure(state: State, id_: str, tasks: int) -> tuple[Cell, ...]:
    entry = state.district.kinds["measures"][id_]
    said = entry.on("instrument", state.district.as_of)
    words = said if isinstance(said, list) else [said]
    sources, number = entry.texts("source"), entry["number"]
    return (
        number if isinstance(number, int) else str(number or ""),
        id_,
        entry.text("title") or "",
        msg("{names}", names=[label("common.instrument", word) for word in words if isinstance(word, str)]),
        tasks,
        str(entry["since"] or ""),
        Run(sources[0], to=state.to_source(sources[0])) if sources else "",
        state.at(entry.route()),
    )


def _names(names: Sequence[str]) -> Message:
    return msg("{names}", names=list(names))
