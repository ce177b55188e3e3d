"""Knows how a network is told in tables, and how it is spelled for programs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from xqctl.district import District
from xqctl.drawing.model import Area, Bond, Network, Tie, Unnamed
from xqctl.drawing.places import Place, places
from xqctl.drawing.words import kind_name, party_name, role_name, unnamed_words
from xqctl.messages import Lang, Message, msg, say
from xqctl.page import Block, Cell, Column, Heading, Paragraph, Run, Table, Tone, Words, line

_SHOWN = 12
"""Members named in one row; more are counted."""


def tables(network: Network, lang: Lang) -> Iterator[Block]:
    """The units with those who lead them and those who belong to them, and who posts how many people to whom."""
    rows = [_zone_row(zone, network, lang) for zone in network.zones]
    rows += [_bond_row(bond, network, lang) for bond in every_bond(network)]
    if rows:
        yield Heading(msg("Units"), 2)
        titles = (msg("unit"), msg("kind"), msg("lead"), msg("others"), msg("not named"))
        columns = (Column(titles[0], "name"), *(Column(title) for title in titles[1:]))
        yield Table(columns, tuple(rows), "units")
    else:
        yield Paragraph(line(msg("no unit is declared on that day")))
    if network.flows:
        yield Heading(msg("People posted, {year}", year=str(network.year)), 2)
        names = {id_: party_name(party, lang) for id_, party in network.parties.items()}
        ways = tuple((names[flow.origin], names[flow.target], flow.count) for flow in network.flows)
        yield Table(
            (Column(msg("from"), "name"), Column(msg("to"), "name"), Column(msg("people"), "number")), ways, "postings"
        )


def every_bond(network: Network) -> tuple[Bond, ...]:
    """The groups, alliances and pairs, those shown in a zone too."""
    within = (bond for zone in network.zones for bond in zone.bonds)
    return (*network.bonds, *within)


def _zone_row(zone: Area, network: Network, lang: Lang) -> tuple[Cell, ...]:
    whole = next((outer for outer in network.zones if zone in outer.inner), None)
    names = {party.id: party.name for party in (*zone.parties, *zone.elsewhere)}
    ties = [tie for tie in zone.roles.values() if tie.party in names]
    missing = _missing(zone.unnamed, zone.is_silent, lang)
    return (
        zone.name,
        _within(msg("zone"), whole.name if whole else None),
        *_members(ties, zone.left_out, names, lang),
        missing,
    )


def _bond_row(bond: Bond, network: Network, lang: Lang) -> tuple[Cell, ...]:
    names = {id_: party.name for id_, party in network.parties.items()}
    units = {zone.id: zone.name for zone in network.zones} | {each.id: each.name for each in every_bond(network)}
    whole = None if bond.within is None else units.get(bond.within, bond.within)
    missing = _missing(bond.unnamed, bond.is_silent, lang)
    return (bond.name, _within(kind_name(bond, lang), whole), *_members(bond.ties, bond.left_out, names, lang), missing)


def _within(kind: Words, whole: str | None) -> Words:
    return kind if whole is None else msg("{kind}, in {unit}", kind=kind, unit=whole)


def _members(ties: Sequence[Tie], left: int, names: Mapping[str, str], lang: Lang) -> tuple[Cell, Cell]:
    leads = [names[tie.party] for tie in ties if tie.role == "lead"]
    others = [
        names[tie.party]
        if tie.role == "member"
        else say(msg("{party} ({role})", party=names[tie.party], role=tie.title or role_name(tie, lang)), lang)
        for tie in ties
        if tie.role != "lead"
    ]
    return _several(leads, 0), _several(others, left)


def _several(names: Sequence[str], left: int) -> Message | None:
    """Names, and how many there are besides."""
    left += max(0, len(names) - _SHOWN)
    shown = [*names[:_SHOWN], *([msg("and {count} more", count=left)] if left else [])]
    return msg("{names}", names=shown) if shown else None


def _missing(unnamed: tuple[Unnamed, ...], is_silent: bool, lang: Lang) -> Cell:
    if is_silent:
        return Run(msg("all of them"), Tone.MUTED)
    return unnamed_words(unnamed, lang) or None


def spelled_graph(district: District, network: Network) -> dict[str, object]:
    """`graph` of the JSON answer: every node and every link, whatever the picture leaves out."""
    return {
        "district": network.district,
        "day": network.day.isoformat(),
        "year": str(network.year),
        "nodes": list(_nodes(network, {place.party: place for place in places(district)})),
        "links": list(_links(network)),
    }


def _nodes(network: Network, where: Mapping[str, Place]) -> Iterator[dict[str, object]]:
    for zone in network.zones:
        yield _node(zone.id, "zone", zone.name, None, zone.unnamed)
    for bond in every_bond(network):
        yield _node(bond.id, bond.kind, bond.name, bond.form, bond.unnamed)
    for party in network.parties.values():
        found = where.get(party.id)
        location = None if found is None else {"lon": str(found.lon), "lat": str(found.lat), "crs": found.crs}
        yield _node(party.id, party.kind, party.name, None, ()) | {"location": location}


def _node(id_: str, kind: str, name: str, form: str | None, unnamed: Iterable[Unnamed]) -> dict[str, object]:
    missing = [{"role": each.role, "low": _count(each.count.low), "high": _count(each.count.high)} for each in unnamed]
    return {"id": id_, "kind": kind, "name": name, "form": form, "unnamed": missing, "location": None}


def _count(end: Decimal | None) -> int | None:
    return None if end is None else int(end)


def _links(network: Network) -> Iterator[dict[str, object]]:
    for zone in network.zones:
        for tie in zone.roles.values():
            yield _link("member", zone.id, tie.party, tie.role, 1)
        for inner in zone.inner:
            yield _link("within", inner.id, zone.id, None, 1)
    for bond in every_bond(network):
        for tie in bond.ties:
            yield _link("member", bond.id, tie.party, tie.role, 1)
        if bond.within is not None:
            yield _link("within", bond.id, bond.within, None, 1)
    for flow in network.flows:
        yield _link("posting", flow.origin, flow.target, None, flow.count)


def _link(kind: str, origin: str, target: str, role: str | None, count: int) -> dict[str, object]:
    return {"kind": kind, "from": origin, "to": target, "role": role, "count": count}
