"""教师与干部交流
People.

About:
    支教、轮岗、挂职、跟岗等各有多少人次，从哪校到哪校；交流比例、骨干比例、派出干部任校长的比例各是多少。

    How many people work or learn at another school, from where to where, in which mode; the shares of teachers who
    rotate, of backbone teachers among them, of cadres who become principals.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from xqctl.kinds.postings import Posting, postings
from xqctl.labels import label
from xqctl.messages import msg
from xqctl.page import Block, Cell, Chart, Column, Fold, Heading, Paragraph, Part, Run, Table, Tone, line
from xqctl.quantities import school_year
from xqctl.schema import schema
from xqctl.sections import State

PLACE = 60
_MODES = (*schema("postings")["$defs"]["mode"]["x-labels"], "")
_METRICS = (
    "support_rate",
    "rotation_rate",
    "backbone_rotation_rate",
    "backbone_share_of_rotation",
    "cadres_sent",
    "principal_share",
    "reserves_received",
    "backbone_share",
    "backbone_school_coverage",
    "backbone_subject_coverage",
    "certified_share",
    "trained_share",
    "training_funds_share",
)


def part(state: State) -> Part | None:
    """Postings, rotation, principals."""
    return state.part(__name__, tuple(_blocks(state)))


def _blocks(state: State) -> Iterator[Block]:
    found = [posting for posting in postings(state.district) if posting.is_counted]
    year = school_year(state.district.as_of)
    now = [posting for posting in found if posting.year == year]
    if found:
        told = {"year": str(year), "count": sum(p.count for p in now), "places": len(now)}
        yield Paragraph(
            line(
                msg("in {year}, {count} people are registered as posted at another school ({places} postings)", **told)
            )
        )
    numbers = tuple(state.numbers(_METRICS, "people.numbers"))
    if numbers:
        yield Heading(msg("Numbers and targets"), 3)
        yield from numbers
    if found:
        yield _chart(state, found)
        yield Fold(line(msg("postings of {year}: {count}", year=str(year), count=len(now))), (_postings(state, now),))


def _chart(state: State, found: Sequence[Posting]) -> Chart:
    """How many people of each mode, year by year."""
    people, backbone = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for posting in found:
        people[str(posting.year), posting.mode] += posting.count
        backbone[str(posting.year), posting.mode] += posting.backbone
    columns = (
        Column(msg("school year")),
        Column(msg("mode")),
        Column(msg("people"), "number"),
        Column(msg("of them backbone teachers"), "number"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (year, msg("{mode}", mode=label("postings.mode", mode)), people[year, mode], backbone[year, mode])
        for year, mode in sorted(people, key=lambda each: (each[0], _MODES.index(each[1])))
    )
    return Chart(
        msg("People posted, by mode"),
        msg("of each school year, how many people work or learn at another school, by mode"),
        "stacked",
        Table(columns, rows, state.table("people.modes")),
        category=0,
        value=2,
        series=1,
    )


def _postings(state: State, now: Sequence[Posting]) -> Table:
    columns = (
        Column(msg("from"), "name"),
        Column(msg("to"), "name"),
        Column(msg("mode")),
        Column(msg("role")),
        Column(msg("people"), "number"),
        Column(msg("of them backbone teachers"), "number"),
        Column(msg("under")),
        Column(msg("where"), "name"),
    )
    return Table(columns, tuple(_posting(state, posting) for posting in now), state.table("people.postings"))


def _posting(state: State, posting: Posting) -> tuple[Cell, ...]:
    under = posting.entry.texts("under")
    return (
        posting.origin,
        posting.target,
        msg("{mode}", mode=label("postings.mode", posting.mode)),
        msg("{role}", role=label("postings.role", posting.role)),
        posting.count,
        posting.backbone,
        Run(under[0], Tone.PLAIN, state.to("unit", under[0])) if under else "",
        state.at(posting.entry.route()),
    )
