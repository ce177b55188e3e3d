"""Knows what an import does before it is shown: reads the file, lays it into the district, holds it to the rules."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from xqctl import load, rules
from xqctl.arriving import Arrival, arrive
from xqctl.commands._operands import built, folders
from xqctl.compose import Budgets, compose
from xqctl.compose.read import Data
from xqctl.district import District
from xqctl.edit import lock, transaction
from xqctl.findings import Finding, Problem, Severity
from xqctl.folder import Folder
from xqctl.ledger import Ledger, guessed, mapping_of, read_ledger
from xqctl.ledger.mapping import Table
from xqctl.messages import Message, msg
from xqctl.place import Span
from xqctl.references import PARTY, UNIT
from xqctl.relations import DISTRICT, Incoming, Slip, incoming
from xqctl.schema import is_valid, schema
from xqctl.schema.sentences import explained
from xqctl.tables import make_folder, sort_called, xlsx
from xqctl.tabular import Filled, Grid
from xqctl.terminal import Fault, Terminal

MAPPING = "mapping"
_SETS = {"party": PARTY, "unit": UNIT, "party-or-unit": (*PARTY, *UNIT)}
_MOST = 500
_SHAPE = "XQS"
_NAMED = ("name", "also_named", "formerly")


@dataclass(frozen=True, slots=True)
class Source:
    """What is imported: tables of our own shape, or a workbook with its mapping."""

    tables: tuple[Filled, ...] = ()
    grids: tuple[Grid, ...] = ()
    mapping: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Import:
    """An import that could be written: the district before and after, what is wrong, what was passed over."""

    old: District
    new: District
    arrival: Arrival
    slips: tuple[Slip, ...]
    notes: tuple[Message, ...] = ()
    rows: int = 0
    findings: tuple[Finding, ...] = field(default=())


def target(into: str, terminal: Terminal, as_of: date | None, today: date) -> Folder:
    """The district at a folder; an empty one where the folder holds no YAML, or is not there yet."""
    if not into:  # an unset variable of a shell is not the working directory
        raise Fault(msg("an empty path names nothing"), 3)
    path = Path(into)
    if path.is_file():
        raise Fault(msg("{path} is a file; --into takes a district's folder", path=into), 2)
    if not path.is_dir() or not any(True for ending in ("yaml", "yml") for _ in path.rglob(f"*.{ending}")):
        return Folder(load.shown(path), ())
    found = load.meant(into, list(folders([into], None, terminal, as_of, today)))
    if len(found) != 1:
        roots = [each.root for each in found[:8]]
        said = msg("{path} holds {count} districts; name one: {roots}", path=into, count=len(found), roots=roots)
        raise Fault(said, 2)
    return found[0]


def source(sort: str, file: Path) -> Source:
    """Reads a file. Raises `Fault` where it cannot be read."""
    if not file.exists():
        raise Fault(msg("there is no {path}", path=file), 3)
    if sort != "xlsx":
        return Source(sort_called(sort).read(file))
    grids = xlsx.sheets(file)
    tables = xlsx.tables_of(grids)
    return Source(tables, grids) if tables is not None else Source(grids=grids)


def guess(grids: Sequence[Grid], file: Path) -> dict[str, Data]:
    """A mapping proposed for a workbook. Raises `Fault` where no heading is known."""
    found = guessed(grids)
    if not found["tables"]:
        names = [grid.name for grid in grids if not grid.is_hidden][:8]
        said = msg("{path}: no headings are known in {sheets}; write a mapping, see docs/import.md",
                   path=file, sheets=names)  # fmt: skip
        raise Fault(said, 1)
    return found


def mapping_at(path: Path) -> tuple[Table, ...]:
    """Reads a mapping file. Raises `Fault` with the first thing wrong in it."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise Fault(msg("{path} cannot be read: {reason}", path=path, reason=reason), 4) from error
    composed = compose(raw, str(path), Budgets())
    problems: list[Problem] = list(composed.problems)
    if composed.whole and not is_valid(composed.data, MAPPING):
        problems += explained(str(path), composed.data, MAPPING, schema)
    if composed.whole and not problems and isinstance(composed.data, dict):
        return _checked(composed.data, path, raw)
    raise _wrong(path, raw, problems)


def _checked(data: dict[str, Data], path: Path, raw: bytes) -> tuple[Table, ...]:
    mapped = mapping_of(data, str(path))
    if mapped.problems:
        raise _wrong(path, raw, list(mapped.problems))
    return mapped.tables


def tables_of(data: dict[str, Data], path: Path) -> tuple[Table, ...]:
    """The tables of a mapping that was guessed."""
    return _checked(data, path, b"")


def _wrong(path: Path, raw: bytes, problems: Sequence[Problem]) -> Fault:
    from xqctl.folder import Document

    folder = Folder("", (Document(str(path), raw, None),))
    first = problems[0]
    span: Span = folder.span(first.where)
    said = msg("{path}:{line}: {message}", path=path, line=span.line, message=first.message)
    if first.help is not None:
        said = msg("{said}; {help}", said=said, help=first.help)
    if len(problems) > 1:
        said = msg("{said} ({count} more)", said=said, count=len(problems) - 1)
    return Fault(said, 1)


def imported(
    folder: Folder,
    came_from: Source,
    *,
    as_of: date | None,
    today: date,
    removing: bool,
    district: str | None,
    step: Callable[[], None],
) -> Import:
    """Lays what came in into a district and holds the result to the rules; errors of before do not count."""
    old = built(folder, as_of, today)
    ledger = _read(came_from, old, district, step)
    came = ledger.came
    slips = list(came.slips)
    arrival = arrive(folder, came, removing=removing)
    slips += arrival.slips
    new = built(arrival.folder, as_of or old.as_of, today)
    found: tuple[Finding, ...] = ()
    if not slips and arrival.changes:
        found = _new_errors(folder, arrival.folder, as_of, today)
        slips += [_slip(finding, came) for finding in found[:_MOST]]
        if len(found) > _MOST:
            slips.append(Slip("", msg("{count} more", count=len(found) - _MOST)))
    return Import(old, new, arrival, tuple(slips), tuple(ledger.notes), ledger.rows, found)


def _read(came_from: Source, old: District, district: str | None, step: Callable[[], None]) -> Ledger:
    if came_from.mapping:
        return read_ledger(came_from.grids, came_from.mapping, _caller(old), step)
    whose = {row[table.columns.index(DISTRICT)] for table in came_from.tables if DISTRICT in table.columns
             for row in table.rows} - {None}  # fmt: skip
    wanted = district
    if len(whose) > 1 and wanted is None:
        wanted = old.name if old.name in whose else None
        if wanted is None:
            names = sorted(str(each) for each in whose)[:12]
            raise Fault(msg("the tables are of several districts; name one with --district: {names}", names=names), 2)
    if wanted is not None and whose and wanted not in whose:
        names = sorted(str(each) for each in whose)[:12]
        raise Fault(msg("no row is of {district}; there is {names}", district=wanted, names=names), 2)
    rows = sum(len(table.rows) for table in came_from.tables)
    return Ledger(incoming(came_from.tables, wanted), rows)


def _caller(district: District) -> Callable[[str, tuple[str, ...]], str]:
    """Finds the id of what people call by its name, another name or an earlier one, where one thing alone has it."""
    known: dict[tuple[str, ...], dict[str, str]] = {}

    def called(text: str, kinds: tuple[str, ...]) -> str:
        every = tuple(kind for each in kinds for kind in _SETS.get(each, (each,)))
        if every not in known:
            ids = {entry.id for entry in district.declared(*every)} if every else set()
            names = Counter[str]()
            owners: dict[str, str] = {}
            for entry in district.declared(*every) if every else ():
                for name in {name for field_ in _NAMED for name in entry.texts(field_)} - ids:
                    names[name] += 1
                    owners[name] = entry.id
            known[every] = {name: owners[name] for name, times in names.items() if times == 1}
        return known[every].get(text, text)

    return called


def _new_errors(before: Folder, after: Folder, as_of: date | None, today: date) -> tuple[Finding, ...]:
    def errors(folder: Folder) -> tuple[Finding, ...]:
        found = rules.findings(folder, as_of, today) if folder.documents else ()
        return tuple(each for each in found if each.severity is Severity.ERROR and each.suppressed is None)

    known = Counter(finding.fingerprint for finding in errors(before))
    fresh = []
    for finding in errors(after):
        if known[finding.fingerprint]:
            known[finding.fingerprint] -= 1
        else:
            fresh.append(finding)
    return tuple(fresh)


def _slip(finding: Finding, came: Incoming) -> Slip:
    """A finding in what would be written, at the cell it came from; else at its place in the file."""
    named = None if finding.code.startswith(_SHAPE) else came.names.get(finding.path)
    cell = named or came.cell(finding.path) or f"{finding.place.file}:{finding.place.line}"
    return Slip(cell, msg("{code} {message}", code=finding.code, message=finding.message), finding.help)


def write(folder: Folder, done: Import) -> None:
    """Writes what was shown, all of it or nothing; refused where somebody changed the files meanwhile."""
    root = Path(folder.root)
    make_folder(root)
    with lock(root):
        if folder.documents:
            now = next(iter(load.folders([folder.root], [])), None)
            same = now is not None and now.files == folder.files
        else:
            same = not (root / load.MAIN).exists() and not any(Path(file).exists() for file in done.arrival.changes)
        if not same:
            raise Fault(msg("{root} has changed meanwhile; nothing is written, import again", root=folder.root), 1)
        transaction(root, dict(done.arrival.changes))
