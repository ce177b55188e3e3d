"""办学结构
Structure.

About:
    学区、集团、联盟各有哪些，牵头的是谁，成员各是什么角色；网络图，以及写明位置的学校分布图；还有治理机构。

    Zones, groups and alliances: who leads them and who is in them, in which role; the network as a picture, schools
    that say where they stand on a map; and the governing bodies.
"""

from collections.abc import Iterator, Sequence

from xqctl.derivation import basis_of, metric_title, written_value
from xqctl.district import Entry
from xqctl.drawing import maps, network_picture
from xqctl.kinds.schools import open_schools
from xqctl.kinds.units import UNIT_KINDS, Member, Unit, open_units
from xqctl.labels import label, title_of
from xqctl.measuring import Question, Thing
from xqctl.messages import Word, msg
from xqctl.metrics import measure
from xqctl.page import Block, Cell, Column, Fold, Heading, Paragraph, Part, Run, Table, Tone, line
from xqctl.quantities import show
from xqctl.sections import State
from xqctl.sizes import unlisted
from xqctl.stages import in_order

PLACE = 20
_LISTED = 6
_METRICS = (
    "zone_share",
    "group_share",
    "alliance_share",
    "pairing_ratio",
    "pair_exclusivity",
    "zones_with_quality_school",
    "nine_year_schools",
    "academy_branches",
)


def part(state: State) -> Part | None:
    """Who is tied to whom."""
    return state.part(__name__, tuple(_blocks(state)))


def _blocks(state: State) -> Iterator[Block]:
    day = state.district.as_of
    by_kind = {kind: open_units(state.district, day, kind) for kind in UNIT_KINDS}
    schools = open_schools(state.district, day)
    if not schools and not any(by_kind.values()) and not any(state.district.all("bodies")):
        return
    yield Paragraph(line(_sentence(state)))
    yield from network_picture(state.district, state.lang)
    yield from maps(state.district, state.lang)
    numbers = tuple(state.numbers(_METRICS, "structure.numbers"))
    if numbers:
        yield Heading(msg("Numbers and targets"), 3)
        yield from numbers
    for kind, units in by_kind.items():
        if units:
            yield Heading(msg("{title}", title=title_of(kind)), 3)
            yield _units(state, kind, units)
            inner = sum(unit.within in {each.id for each in units} for unit in units)
            if inner:
                said = msg("within another of them, and not counted beside it: {count}", count=inner)
                yield Paragraph(line(said), Tone.MUTED)
            rows = tuple(_member(state, unit, member) for unit in units for member in unit.members_on(day))
            if rows:
                said = msg("members of {kind}: {count}", kind=title_of(kind), count=len(rows))
                yield Fold(line(said), (Table(_MEMBERS, rows, state.table(f"structure.{kind}.members")),))
    yield from _bodies(state)


def _bodies(state: State) -> Iterator[Block]:
    """The governing bodies of the day."""
    found = [
        entry
        for entry in state.district.all("bodies")
        if entry.life.contains(state.district.as_of) and not entry.is_disputed
    ]
    if found:
        yield Heading(msg("Governing bodies"), 3)
        columns = (
            Column(msg("body"), "name"),
            Column(msg("type")),
            Column(msg("governs")),
            Column(msg("chair")),
            Column(msg("meets")),
            Column(msg("since"), "date"),
            Column(msg("source")),
            Column(msg("where"), "name"),
        )
        yield Table(columns, tuple(_body(state, entry) for entry in found), state.table("structure.bodies"))


def _body(state: State, entry: Entry) -> tuple[Cell, ...]:
    chair, each, sources = entry.mapping("chair"), entry.text("each"), entry.texts("source")
    governs: list[object] = list(entry.texts("of"))
    if each is not None:
        governs.append(msg("each {each}", each=label("bodies.each", each)))
    mode, holder = chair.get("mode"), chair.get("holder")
    presides: list[object] = [label("bodies.mode", mode)] if isinstance(mode, str) else []
    presides += [holder] if isinstance(holder, str) else []
    return (
        entry.id,
        msg("{type}", type=label("bodies.type", entry.text("type") or "")),
        msg("{names}", names=governs),
        msg("{names}", names=presides),
        entry.text("meets") or "",
        str(entry["since"] or ""),
        Run(sources[0], to=state.to_source(sources[0])) if sources else "",
        state.at(entry.route()),
    )


def _sentence(state: State) -> Run:
    """How many there are of each: as the registers or a document have it, and where neither says, what is listed."""
    itself = Thing("district", state.district.itself)
    told = []
    for metric in ("schools", *UNIT_KINDS, "pairs"):
        found = measure(state.district, Question(metric), itself, state.district.as_of)
        title = metric_title(metric)
        if found.value is not None:
            value = written_value(found.value, found.measured_in)
            told.append(msg("{title} {value} ({basis})", title=title, value=value, basis=basis_of(found)))
        else:
            listed = written_value(found.counted.value, "count") if found.counted is not None else "0"
            told.append(msg("{title} not known ({listed} registered)", title=title, listed=listed))
    return Run(msg("{told}", told=told))


def _units(state: State, kind: str, units: Sequence[Unit]) -> Table:
    has_forms = any(unit.form(state.district.as_of) for unit in units)
    has_declared = any(_declared(state, unit) for unit in units)
    has_wholes = any(unit.within is not None for unit in units)
    columns = (
        Column(msg("name"), "name"),
        *((Column(msg("part of"), "name"),) if has_wholes else ()),
        *((Column(msg("form")),) if has_forms else ()),
        Column(msg("lead")),
        Column(msg("members"), "number"),
        *((Column(msg("declared")),) if has_declared else ()),
        Column(msg("stages")),
        Column(msg("since"), "date"),
        Column(msg("source")),
        Column(msg("where"), "name"),
    )
    has = {"has_forms": has_forms, "has_declared": has_declared, "has_wholes": has_wholes}
    rows = tuple(_unit(state, kind, unit, **has) for unit in units)
    anchors = tuple(state.anchor("unit", unit.id) for unit in units)
    return Table(columns, rows, state.table(f"structure.{kind}"), anchors)


def _unit(
    state: State, kind: str, unit: Unit, *, has_forms: bool, has_declared: bool, has_wholes: bool
) -> tuple[Cell, ...]:
    day = state.district.as_of
    members = unit.members_on(day)
    leads = [member.party for member in members if member.role == "lead"]
    form = unit.form(day)
    told: Cell = msg("{form}", form=label(f"{kind}.form", form)) if form is not None else ""
    sources = unit.entry.texts("source")
    whole: Cell = Run(unit.within, Tone.NAME, state.to("unit", unit.within)) if unit.within is not None else ""
    return (
        unit.id,
        *((whole,) if has_wholes else ()),
        *((told,) if has_forms else ()),
        msg("{names}", names=leads[:_LISTED]),
        "—" if not members and unlisted(state.district, unit, day) is not None else len(members),
        *((_declared(state, unit),) if has_declared else ()),
        msg("{names}", names=[label("common.stage", stage) for stage in in_order(unit.stages(day))]),
        str(unit.entry["since"] or ""),
        Run(sources[0], to=state.to_source(sources[0])) if sources else "",
        state.at(unit.entry.route()),
    )


def _declared(state: State, unit: Unit) -> Cell:
    """What a document counts of members, role by role, where not all of them are listed."""
    if unlisted(state.district, unit, state.district.as_of) is None:
        return ""
    told = [
        msg("{role} {count}", role=msg("in all") if role == "all" else label("unit.role", role), count=show(count))
        for role, count in unit.declared_parts()
    ]
    return Run(msg("{names}", names=told) if told else msg("members not listed"), Tone.WARN)


_MEMBERS = (
    Column(msg("unit"), "name"),
    Column(msg("member"), "name"),
    Column(msg("role")),
    Column(msg("called")),
    Column(msg("legal person")),
    Column(msg("since"), "date"),
    Column(msg("where"), "name"),
)


def _member(state: State, unit: Unit, member: Member) -> tuple[Cell, ...]:
    since = member.interval.start
    legal = label("common.legal", member.legal) if member.legal is not None else Word("", "")
    return (
        Run(unit.id, Tone.NAME, state.to("unit", unit.id)),
        member.party,
        Run(msg("{role}", role=label("unit.role", member.role)), Tone.STRONG if member.role == "lead" else Tone.PLAIN),
        member.title or "",
        msg("{legal}", legal=legal),
        "" if since is None else since.isoformat(),
        state.at(member.route()),
    )
