"""Knows how the network is painted: units left, areas with their parties in the middle, postings right of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xqctl.drawing import boxes, pills
from xqctl.drawing.boxes import NAME, PAD, SMALL, Box, Chip, Row, stacked
from xqctl.drawing.legend import legend
from xqctl.drawing.marks import DASHES, FLOW, colour, mark, width
from xqctl.drawing.model import Network
from xqctl.drawing.pills import Guest, Pill, placed
from xqctl.drawing.routes import Arc, Link, arcs, links
from xqctl.drawing.svg import PAPER, TEXT, Drawing, element, hint, length, path, text
from xqctl.drawing.words import about, flow_hint, left_out, tie_hint, title
from xqctl.messages import Lang, Message, msg, say

_MARGIN = 20.0
_HEAD = 52.0
_SMALLEST = 560.0
_HEADING = 12.5


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns begin: units, areas, and the room for postings; a column nobody needs takes none."""

    areas: float
    postings: float
    room: float

    @property
    def width(self) -> float:
        """Of the whole drawing."""
        return max(self.postings + self.room + _MARGIN, _SMALLEST)


@dataclass(frozen=True, slots=True)
class _Scene:
    """Everything in its place."""

    width: float
    foot: float
    headings: tuple[str, ...]
    areas: tuple[Box, ...]
    rows: Mapping[str, Row]
    units: tuple[Pill, ...]
    room: float


def painted(network: Network, lang: Lang) -> Drawing:
    """The picture of a network; where nobody is tied to anybody, a line that says so."""
    if network.is_empty and not network.areas:
        said = text(_MARGIN, 24, say(msg("no unit is declared on that day"), lang))
        return Drawing(title(network, lang), about(network, lang), _SMALLEST, 44, said)
    scene = _scene(network, lang)
    ties, ways = links(scene.units, scene.rows), arcs(network.flows, scene.rows, scene.room - 40)
    body = [
        *scene.headings,
        *(_box(each) for box in scene.areas for each in box.everyone),
        *(_hull(pill, number) for number, pill in enumerate(scene.units) if pill.hull),
        *_ways(ways, lang),
        *_ties(ties, lang),
        *(_row(row) for row in scene.rows.values()),
        *(_marks(ties, lang)),
        *(_pill(pill, number, network, lang) for number, pill in enumerate(scene.units)),
        *_counts(ways),
    ]
    key, takes = legend(network, _MARGIN, scene.foot + 18, scene.width - 2 * _MARGIN, lang)
    foot = scene.foot + 18 + takes
    return Drawing(title(network, lang), about(network, lang), scene.width, foot + 8, "".join([*body, key]))


def _scene(network: Network, lang: Lang) -> _Scene:
    columns, top, found = _columns(network, lang), 0.0, list[str]()
    wide = max(columns.width, _abreast(network))
    for words in left_out(network):
        found.append(text(_MARGIN, top + 24, say(words, lang), weight=600))
        top += 24
    above = boxes.set_side_by_side(network, _MARGIN, top + _HEAD, wide - 2 * _MARGIN, lang)
    if above:
        found.append(_heading(_MARGIN, top + _HEAD, msg("zones"), lang))
        top = _foot(above, 0) + 6
    below = stacked(network, columns.areas, top + _HEAD, lang)
    rows = {row.party.id: row for box in below for row in box.every_row}
    if below and rows:
        units = placed(network, rows, _MARGIN, top + _HEAD, lang)
    else:
        units = pills.set_side_by_side(network, _MARGIN, top + _HEAD, (columns.areas if below else wide) - 40, lang)
    found += _headings(network, columns, top + _HEAD, is_zoned=bool(below) and not above, lang=lang)
    foot = max(_foot((*above, *below), top), *(pill.y + max(pill.height, pill.hull) for pill in units), 0)
    every = {row.party.id: row for box in (*above, *below) for row in box.every_row}
    return _Scene(wide, foot, tuple(found), (*above, *below), every, units, columns.room)


def _abreast(network: Network) -> float:
    """The width of three units side by side, where nothing is linked and so many stand there."""
    if network.flows or any(bond.ties for bond in network.bonds):
        return 0
    count = min(3, max(len(network.bonds), len(network.zones)))
    return 2 * _MARGIN + count * (pills.WIDTH + pills.BETWEEN) - pills.BETWEEN


def _foot(areas: Iterable[Box], top: float) -> float:
    return max((box.y + box.height for box in areas), default=top)


def _columns(network: Network, lang: Lang) -> _Columns:
    ties = sum(len(bond.ties) for bond in network.bonds)
    left = pills.WIDTH + min(110 + 2.2 * ties, 260) if network.bonds else 0
    areas = _MARGIN + left
    postings = areas + (boxes.WIDTH if network.areas else -40)
    posted = length(say(_posted(network), lang), _HEADING) + 16
    return _Columns(areas, postings, max(min(90 + 5.0 * len(network.flows), 270), posted) if network.flows else 0)


def _posted(network: Network) -> Message:
    return msg("people posted, {year}", year=str(network.year))


def _headings(network: Network, columns: _Columns, y: float, *, is_zoned: bool, lang: Lang) -> Iterator[str]:
    kinds = {bond.kind for bond in network.bonds}
    if network.bonds:
        yield _heading(_MARGIN, y, msg("groups and alliances") if "group" in kinds else msg("alliances"), lang)
    if is_zoned and network.zones:
        yield _heading(columns.areas, y, msg("zones and schools"), lang)
    elif any(area.kind != "zone" for area in network.areas):
        yield _heading(columns.areas, y, msg("members"), lang)
    if network.flows:
        yield _heading(columns.postings + 16, y, _posted(network), lang)


def _heading(x: float, y: float, words: Message, lang: Lang) -> str:
    return text(x, y - 20, say(words, lang), size=_HEADING, weight=600, fill_opacity="0.7")


def _box(box: Box) -> str:
    frame = element(
        "rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=8,
        fill=TEXT, fill_opacity="0.05", stroke=TEXT, stroke_opacity="0.35",
    )  # fmt: skip
    name = text(box.x + PAD, box.y + 22, box.title, size=14, weight=600)
    if box.is_beside:
        note = text(box.x + box.width - PAD, box.y + 22, box.note, size=SMALL, fill_opacity="0.72", text_anchor="end")
    else:
        note = text(box.x + PAD, box.y + 40, box.note, size=SMALL, fill_opacity="0.72")
    chips = [_chip(chip, box) for chip in box.chips]
    return element(
        "g",
        hint(box.area.name or box.title),
        frame,
        name,
        note if box.note else "",
        *chips,
        class_=f"area {box.area.kind}",
    )


def _chip(chip: Chip, box: Box) -> str:
    words = text(chip.x + (8 if chip.is_unit else 0), chip.y, chip.label, size=SMALL, fill_opacity="0.85")
    if not chip.is_unit:
        return element("g", hint(chip.hint), words)
    frame = element(
        "rect", x=chip.x - 4, y=chip.y - 15, width=box.width - 2 * PAD, height=22, rx=11,
        fill=PAPER, stroke=TEXT, stroke_opacity="0.4", stroke_dasharray="4 3",
    )  # fmt: skip
    return element("g", hint(chip.hint), frame, words)


def _row(row: Row) -> str:
    frame = element(
        "rect", x=row.x, y=row.y, width=row.width, height=row.height, rx=5,
        fill=PAPER, stroke=TEXT, stroke_opacity="0.25",
    )  # fmt: skip
    role = row.tie.role if row.tie is not None else ""
    leads = role in ("lead", "deputy")
    star = mark(role, row.x + 18, row.middle, TEXT) if leads else ""
    words = text(row.x + (28 if leads else 13), row.middle + 4.6, row.label, size=NAME)
    return element("g", hint(row.party.name), frame, star, words, class_=f"party {row.party.kind}")


def _hull(pill: Pill, number: int) -> str:
    return element(
        "rect", x=pill.x, y=pill.y, width=pill.width, height=pill.hull, rx=9,
        fill=colour(number), fill_opacity="0.07", stroke=colour(number), stroke_opacity="0.5",
    )  # fmt: skip


def _pill(pill: Pill, number: int, network: Network, lang: Lang) -> str:
    kind, tint = pill.bond.kind, colour(number)
    frame = element(
        "rect", x=pill.x, y=pill.y, width=pill.width, height=pill.height, rx=13 if kind == "pair" else 7,
        fill=PAPER, stroke=tint, stroke_width=1.6,
        stroke_dasharray=DASHES[kind], stroke_linecap="round" if kind == "pair" else None,
    )  # fmt: skip
    words = [*_pill_words(pill), *(_guest(pill, guest, tint, network, lang) for guest in pill.guests)]
    return element("g", hint(pill.bond.name), frame, *words, class_=f"unit {kind}")


def _pill_words(pill: Pill) -> list[str]:
    """The name, what is said below it; of a pair on one line."""
    if pill.is_one_line:
        base = pill.y + pill.height / 2 + 4.4
        note = text(pill.right - 12, base, pill.notes[0], size=SMALL, fill_opacity="0.75", text_anchor="end")
        return [text(pill.x + 12, base, pill.name, size=pills.PAIR), note]
    free = 0 if pill.guests else (pill.height - 17 * (1 + len(pill.notes))) / 2
    top = pill.y + max(free, 6) + 13
    words = [text(pill.x + 12, top, pill.name, size=NAME, weight=600)]
    return words + [
        text(pill.x + 12, top + 17 * (at + 1), note, size=SMALL, fill_opacity="0.75")
        for at, note in enumerate(pill.notes)
    ]


def _guest(pill: Pill, guest: Guest, tint: str, network: Network, lang: Lang) -> str:
    x, y = pill.x + guest.x, pill.y + guest.y
    said = hint(tie_hint(pill.bond, network.parties[guest.tie.party], guest.tie, lang))
    words = text(x + 16, y, guest.label, size=SMALL)
    return element("g", said, mark(guest.tie.role, x + 7, y - 4, tint), words)


def _ties(ties: Sequence[Link], lang: Lang) -> Iterator[str]:
    for link in ties:
        kind, x1, x2 = link.pill.bond.kind, link.pill.right, link.row.x
        reach = (x2 - x1) * 0.5
        curve = path(
            "M", x1, link.start, "C", x1 + reach, link.start, x2 - reach, link.end, x2, link.end,
            fill="none", stroke=colour(link.number), stroke_width=width(link.tie.role, kind), stroke_opacity="0.85",
            stroke_dasharray=DASHES[kind], stroke_linecap="round" if kind == "pair" else None,
        )  # fmt: skip
        yield element("g", hint(tie_hint(link.pill.bond, link.row.party, link.tie, lang)), curve, class_="tie")


def _marks(ties: Sequence[Link], lang: Lang) -> Iterator[str]:
    for link in ties:
        said = hint(tie_hint(link.pill.bond, link.row.party, link.tie, lang))
        yield element("g", said, mark(link.tie.role, link.row.x, link.end, colour(link.number)))


def _ways(ways: Iterable[Arc], lang: Lang) -> Iterator[str]:
    for arc in ways:
        x1, x2 = arc.origin.x + arc.origin.width, arc.target.x + arc.target.width
        head = 5 + arc.thickness * 0.6
        far = max(x1, x2) + arc.bulge * 4 / 3
        said = flow_hint(arc.origin.party, arc.target.party, arc.flow.count, lang)
        curve = path(
            "M", x1, arc.start, "C", far, arc.start, far, arc.end, x2 + head, arc.end,
            fill="none", stroke=FLOW, stroke_width=arc.thickness, stroke_opacity="0.6",
        )  # fmt: skip
        point = path("M", x2, arc.end, "l", head + 3, -head * 0.75, "v", head * 1.5, "z", fill=FLOW)
        yield element("g", hint(said), curve, point, class_="posting")


def _counts(ways: Iterable[Arc]) -> Iterator[str]:
    """The number beside each arrow, the greatest first; one that finds no room is left to the table and the hint."""
    taken: list[tuple[float, float, float, float]] = []
    for arc in sorted(ways, key=lambda arc: -arc.flow.count):
        said = str(arc.flow.count)
        wide = length(said, 11)
        for along in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74):
            x, y = _on(arc, along)
            x -= wide / 2
            if all(x > b[2] or x + wide < b[0] or y - 9 > b[3] or y + 2 < b[1] for b in taken):
                taken.append((x, y - 9, x + wide, y + 2))
                yield text(
                    x, y, said, size=11, stroke=PAPER, stroke_width=3.5, stroke_linejoin="round", paint_order="stroke"
                )
                break


def _on(arc: Arc, along: float) -> tuple[float, float]:
    """A point of an arc's curve."""
    x1, x2 = arc.origin.x + arc.origin.width, arc.target.x + arc.target.width
    far = max(x1, x2) + arc.bulge * 4 / 3
    a, b, c, d = (1 - along) ** 3, 3 * (1 - along) ** 2 * along, 3 * (1 - along) * along**2, along**3
    return a * x1 + (b + c) * far + d * x2, (a + b) * arc.start + (c + d) * arc.end + 4
