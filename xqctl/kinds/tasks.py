"""Knows tasks, 折子: what is done and what is overdue on a day, step by step.

A partial date of `due` or `done` means its last day: a task that was done in 2024-06 is surely done on 30 June.
"""

from dataclasses import dataclass
from datetime import date

from xqctl.district import District, Entry, kept
from xqctl.place import Route
from xqctl.quantities import last_day


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a task with dates of its own; `name` is its id there."""

    task: Entry
    name: str
    due: date | None
    done: date | None

    def is_overdue(self, day: date) -> bool:
        """Whether its last day has passed and it is not done."""
        return _is_late(self.due, self.done, day)

    @property
    def route(self) -> Route:
        """Where it is declared."""
        return self.task.route("steps", self.name, part="key")


@dataclass(frozen=True, slots=True)
class Task:
    """One task order; `status` is planned, under_way, done or stopped, None where nothing is said."""

    entry: Entry
    due: date | None
    done: date | None
    status: str | None
    steps: tuple[Step, ...]

    @property
    def id(self) -> str:
        """Its id."""
        return self.entry.id

    @property
    def is_stopped(self) -> bool:
        """Whether it was given up."""
        return self.status == "stopped"

    def is_done(self, day: date) -> bool:
        """Whether it is done by that day: on the date it gives, or, without one, because its status says so."""
        return self.done <= day if self.done is not None else self.status == "done"

    def late_steps(self, day: date) -> tuple[Step, ...]:
        """The steps whose last day has passed and that are not done; none once the whole is done or stopped."""
        if self.is_done(day) or self.is_stopped:
            return ()
        return tuple(step for step in self.steps if step.is_overdue(day))

    def is_overdue(self, day: date) -> bool:
        """Whether its own last day, or that of one of its steps, has passed and it is neither done nor stopped."""
        if self.is_done(day) or self.is_stopped:
            return False
        return _is_late(self.due, self.done, day) or bool(self.late_steps(day))


@kept
def tasks(district: District) -> tuple[Task, ...]:
    """Every sound task that no source denies, in the order of the files."""
    return tuple(
        Task(entry, last_day(entry["due"]), last_day(entry["done"]), entry.text("status"), _steps(entry))
        for entry in district.all("tasks")
        if not entry.is_disputed
    )


def open_tasks(district: District, day: date) -> tuple[Task, ...]:
    """The tasks that are set on a day."""
    return tuple(task for task in tasks(district) if task.entry.life.contains(day))


def _steps(entry: Entry) -> tuple[Step, ...]:
    return tuple(
        Step(entry, name, last_day(step.get("due")), last_day(step.get("done")))
        for name, step in entry.mapping("steps").items()
        if isinstance(step, dict)
    )


def _is_late(due: date | None, done: date | None, day: date) -> bool:
    return due is not None and due < day and (done is None or done > day)
