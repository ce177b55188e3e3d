"""Knows how maps are drawn: one for each coordinate system, zones as areas, names only where they find room."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from xqctl.district import District
from xqctl.drawing.marks import COLOURS, DASHES, FLOW, colour, width
from xqctl.drawing.model import Area, Network
from xqctl.drawing.naming import SIZE, Name, spots
from xqctl.drawing.places import Place, crs_name, places
from xqctl.drawing.projection import Point, Projection, hull, projected
from xqctl.drawing.svg import PAPER, TEXT, Drawing, element, fitted, hint, length, lines, number, path, text
from xqctl.kinds.schools import open_schools
from xqctl.labels import label
from xqctl.messages import Lang, Message, msg, say
from xqctl.screen import visible

_LEFT, _TOP = 76.0, 44.0
_SHAPES = 4
_NAMED = 12
_ZONES = 40


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One map: its places as points, and the zone each belongs to (its number, from 0)."""

    places: tuple[Place, ...]
    view: Projection
    zones: tuple[Area, ...]
    home: Mapping[str, int]

    def at(self, place: Place) -> Point:
        """Where a place is on the sheet."""
        x, y = self.view.point(float(place.lon), float(place.lat))
        return _LEFT + x, _TOP + y

    def zone(self, place: Place) -> int | None:
        """The number of its zone: its own, else that of its school."""
        return self.home.get(place.party, self.home.get(place.party.partition("/")[0]))


def charted(district: District, network: Network, lang: Lang) -> tuple[Drawing, ...]:
    """The maps of a district, by coordinate system; none where nobody gives a place."""
    drawn = {id_.partition("/")[0] for id_ in network.parties}
    known = [place for place in places(district) if place.party.partition("/")[0] in drawn]
    here = {place.party.partition("/")[0] for place in known}
    lost = [s.entry.name for s in open_schools(district, district.as_of) if s.id in drawn and s.id not in here]
    home = {party: number for number, zone in enumerate(network.zones) for party in zone.roles}
    found = []
    for crs, count in Counter(place.crs for place in known).items():
        mine = tuple(place for place in known if place.crs == crs)
        sheet = _Sheet(mine, projected(mine), network.zones, home)
        others = len(known) - count
        found.append(_map(sheet, network, crs_name(crs, lang), (tuple(lost), others), lang))
    return tuple(found)


def _map(
    sheet: _Sheet, network: Network, crs: str | Message, missing: tuple[tuple[str, ...], int], lang: Lang
) -> Drawing:
    view = sheet.view
    bottom = _TOP + view.height
    names, unnamed = _names(sheet)
    system = say(msg("coordinates: {crs}", crs=crs), lang)
    body = [
        text(_LEFT, _TOP - 16, system, weight=600),
        *_grid(view),
        element("g", *_zones(sheet), class_="zones"),
        element("g", *_ties(sheet, network), class_="ties"),
        *_points(sheet),
        *names,
        *_bar(view, bottom),
    ]
    key, at = _legend(sheet, network, bottom + 58, lang)
    room = view.width + _LEFT - 20
    for words in _remarks(missing, unnamed, lang):
        for line in lines(_pieces(words), room, 12.5, 0):
            body.append(text(20, at + 14, "".join(piece for _, piece in line), size=12.5))
            at += 20
    title = say(msg("{district}: where the schools are, {crs}", district=network.district, crs=crs), lang)
    about = msg("a map of {count} places of schools, {zones} zones", count=len(sheet.places), zones=len(_drawn(sheet)))
    return Drawing(title, say(about, lang), _LEFT + view.width + 28, at + 14, "".join([*body, key]))


def _grid(view: Projection) -> Iterator[str]:
    """The frame and the graticule with its degrees."""
    yield element(
        "rect", x=_LEFT, y=_TOP, width=view.width, height=view.height, fill=TEXT, fill_opacity="0.03",
        stroke=TEXT, stroke_opacity="0.5",
    )  # fmt: skip
    for x, said in view.meridians:
        yield path("M", _LEFT + x, _TOP, "v", view.height, stroke=TEXT, stroke_opacity="0.16", fill="none")
        yield text(_LEFT + x, _TOP + view.height + 17, said, size=11, text_anchor="middle", fill_opacity="0.75")
    for y, said in view.parallels:
        yield path("M", _LEFT, _TOP + y, "h", view.width, stroke=TEXT, stroke_opacity="0.16", fill="none")
        yield text(_LEFT - 7, _TOP + y + 4, said, size=11, text_anchor="end", fill_opacity="0.75")


def _bar(view: Projection, bottom: float) -> Iterator[str]:
    long, said = view.bar
    x = _LEFT + view.width - long
    yield path("M", x, bottom + 32, "v", 6, "h", long, "v", -6, stroke=TEXT, stroke_width=1.5, fill="none")
    yield text(x - 8, bottom + 40, said, size=SIZE, text_anchor="end")


def _zones(sheet: _Sheet) -> Iterator[str]:
    for zone in _drawn(sheet):
        points = hull(sheet.at(place) for place in sheet.places if sheet.zone(place) == zone)
        said = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        shape = element(
            "polygon", points=said, fill=colour(zone), stroke=colour(zone), stroke_width=34, stroke_linejoin="round",
            opacity="0.13",
        )  # fmt: skip
        yield element("g", hint(sheet.zones[zone].name), shape)


def _ties(sheet: _Sheet, network: Network) -> Iterator[str]:
    """A line from who leads a unit to each other member, where both are on the sheet."""
    where = {place.party: sheet.at(place) for place in sheet.places}
    for bond in network.bonds:
        leads = [tie.party for tie in bond.ties if tie.role == "lead" and tie.party in where][:1]
        for tie in bond.ties:
            if leads and tie.party in where and tie.party not in leads:
                (x1, y1), (x2, y2) = where[leads[0]], where[tie.party]
                bend = ((x1 + x2) / 2 + (y2 - y1) * 0.12, (y1 + y2) / 2 - (x2 - x1) * 0.12)
                curve = path(
                    "M", x1, y1, "Q", *bend, x2, y2, fill="none", stroke=FLOW, stroke_opacity="0.8",
                    stroke_width=width("deputy", bond.kind) - 0.6, stroke_dasharray=DASHES[bond.kind],
                    stroke_linecap="round" if bond.kind == "pair" else None,
                )  # fmt: skip
                yield element("g", hint(bond.name), curve)


def _points(sheet: _Sheet) -> Iterator[str]:
    for place in sheet.places:
        zone, (x, y) = sheet.zone(place), sheet.at(place)
        tie = None if zone is None else sheet.zones[zone].roles.get(place.party)
        ring = element("circle", cx=x, cy=y, r=8.5, fill="none", stroke=TEXT, stroke_width=1.4)
        leads = tie is not None and tie.role == "lead"
        yield element("g", hint(place.name), ring if leads else "", _dot(zone, x, y), class_="place")


def _dot(zone: int | None, x: float, y: float) -> str:
    """A school's mark: its shape and colour say its zone, a hollow one is in none."""
    if zone is None:
        return element("circle", cx=x, cy=y, r=4, fill=PAPER, stroke=TEXT, stroke_width=1.5)
    fill, shape = colour(zone), (zone + zone // len(COLOURS)) % _SHAPES
    if shape == 0:
        return element("circle", cx=x, cy=y, r=4.6, fill=fill, stroke=PAPER)
    if shape == 1:
        return element("rect", x=x - 4.2, y=y - 4.2, width=8.4, height=8.4, fill=fill, stroke=PAPER)
    far = [(0, -5.6), (5.2, 4.2), (-5.2, 4.2)] if shape == 2 else [(0, -5.8), (5.8, 0), (0, 5.8), (-5.8, 0)]
    said = " ".join(f"{number(x + dx)},{number(y + dy)}" for dx, dy in far)
    return element("polygon", points=said, fill=fill, stroke=PAPER)


def _names(sheet: _Sheet) -> tuple[list[str], int]:
    """The names that find room, those who lead first; and how many find none."""
    order = sorted(range(len(sheet.places)), key=lambda number: not _leads(sheet, sheet.places[number]))
    names = [Name(number, visible(sheet.places[number].name), *sheet.at(sheet.places[number])) for number in order]
    frame = (_LEFT + 2, _TOP + 2, _LEFT + sheet.view.width - 2, _TOP + sheet.view.height - 2)
    set_names = spots([replace(name, words=fitted(name.words, 200, SIZE)) for name in names], frame)
    leaders = [
        path(
            "M",
            spot.name.x,
            spot.name.y,
            "L",
            *spot.line,
            fill="none",
            stroke=TEXT,
            stroke_opacity="0.5",
            stroke_width=0.8,
        )
        for spot in set_names
        if spot.line is not None
    ]
    words = [
        text(
            spot.span[0] + 1, spot.span[3] - 4, spot.name.words, size=SIZE, stroke=PAPER, stroke_width=3,
            stroke_linejoin="round", paint_order="stroke",
            weight=600 if _leads(sheet, sheet.places[spot.name.place]) else None,
        )
        for spot in set_names
    ]  # fmt: skip
    return [*leaders, *words], len(names) - len(set_names)


def _leads(sheet: _Sheet, place: Place) -> bool:
    zone = sheet.zone(place)
    tie = None if zone is None else sheet.zones[zone].roles.get(place.party)
    return tie is not None and tie.role == "lead"


def _drawn(sheet: _Sheet) -> list[int]:
    """The zones that have a place on the sheet."""
    return sorted({zone for place in sheet.places if (zone := sheet.zone(place)) is not None})


def _legend(sheet: _Sheet, network: Network, y: float, lang: Lang) -> tuple[str, float]:
    """The marks of zones and lines of units, and where it ends."""
    drawn = _drawn(sheet)
    items = [(_dot(zone, 9, 0), sheet.zones[zone].name) for zone in drawn[:_ZONES]]
    if len(drawn) > _ZONES:
        items.append(("", say(msg("and {count} more", count=len(drawn) - _ZONES), lang)))
    if any(sheet.zone(place) is None for place in sheet.places):
        items.append((_dot(None, 9, 0), say(msg("in no zone"), lang)))
    if any(_leads(sheet, place) for place in sheet.places):
        ring = element("circle", cx=9, cy=0, r=7, fill="none", stroke=TEXT, stroke_width=1.4)
        items.append((ring, say(msg("leads its zone"), lang)))
    here = {place.party for place in sheet.places}
    kinds = {bond.kind for bond in network.bonds if sum(tie.party in here for tie in bond.ties) > 1}
    for kind, dash in DASHES.items():
        if kind in kinds:
            round_ = "round" if kind == "pair" else None
            line = path("M", -6, 0, "h", 26, stroke=TEXT, stroke_width=2, stroke_dasharray=dash, stroke_linecap=round_)
            word = label("common.each", kind)
            items.append((line, word.zh if lang == "zh" else word.en))
    found, x = [], 20.0
    for sample, words in items:
        shown = words if length(words, 12) < 240 else words[:18] + "…"
        takes = 30 + length(shown, 12) + 18
        if x > 20 and x + takes > sheet.view.width + _LEFT + 18:
            x, y = 20.0, y + 24
        said = text(28, 4, shown, size=12)
        found.append(element("g", sample, said, transform=f"translate({number(x)} {number(y + 10)})"))
        x += takes
    return element("g", *found, class_="legend") if found else "", y + (32 if found else 0)


def _remarks(missing: tuple[tuple[str, ...], int], unnamed: int, lang: Lang) -> Iterator[str]:
    lost, others = missing
    if lost:
        shown = [
            *(fitted(name, 180, 12.5) for name in lost[:_NAMED]),
            *([msg("and {count} more", count=len(lost) - _NAMED)] if len(lost) > _NAMED else []),
        ]
        yield say(msg("schools whose place is not declared: {count} ({names})", count=len(lost), names=shown), lang)
    if others:
        yield say(msg("places given in other systems: {count}; they have a map of their own", count=others), lang)
    if unnamed:
        yield say(msg("names that found no room: {count}; point at a mark to see its name", count=unnamed), lang)


def _pieces(words: str) -> list[str]:
    """A sentence in pieces between which a line may break."""
    found, piece = [], ""
    for char in words:
        piece += char
        if char in "、，, ；;：":
            found.append(piece)
            piece = ""
    return [*found, piece] if piece else found


def unplaced(network: Network, lang: Lang) -> Drawing:
    """What there is to be seen where nobody says where it is."""
    said = say(msg("no school says where it is: give schools a location"), lang)
    title = say(msg("{district}: where the schools are", district=network.district), lang)
    return Drawing(title, said, 560, 60, text(24, 24, said))
