"""Knows how a network too big to be drawn party by party is drawn all the same: each area as one, and how much is cut.

What is not drawn is counted, and the picture says so.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby

from xqctl.drawing.model import Area, Bond, Flow, Network, Party, Tie
from xqctl.drawing.words import area_name
from xqctl.messages import Lang

PARTIES = 320
"""The most parties that are drawn one by one."""
_MANY = 240
"""The most units and postings drawn beside them."""
_FEW = 100
"""The most areas and units drawn where areas stand for their parties."""
_ORDER = ("lead", "deputy", "member", "branch", "supporter")
_KINDS = ("group", "alliance", "pair")


def bearable(network: Network, lang: Lang) -> Network:
    """The network, or what of it can be drawn and read."""
    if len(network.parties) <= PARTIES:
        return _with_fewer_flows(_with_fewer_bonds(network, _MANY), _MANY)
    return _with_fewer_flows(_with_fewer_bonds(_with_areas_for_parties(network, lang), _FEW), _FEW // 2)


def within_edges(network: Network, most: int, lang: Lang) -> Network:
    """The network with at most so many links: readers of text formats refuse more."""
    found, limit = bearable(network, lang), _FEW
    if _edges(found) > most:
        network = found if found.schools_left_out else _with_areas_for_parties(network, lang)
        found = network
    while _edges(found) > most and limit:
        found = _with_fewer_flows(_with_fewer_bonds(network, limit), limit)
        limit //= 2
    return found


def _edges(network: Network) -> int:
    ties = sum(len(bond.ties) + (bond.within is not None) for bond in network.bonds)
    return ties + len(network.flows)


def _with_areas_for_parties(network: Network, lang: Lang) -> Network:
    order = sorted(network.areas, key=lambda area: -len(area.everyone))
    kept = {area.id for area in order[:_FEW]}
    areas = tuple(area for area in network.areas if area.id in kept)
    home = {party.id: area.id for area in areas for party in area.everyone}
    flows = Counter[tuple[str, str]]()
    for flow in network.flows:
        if flow.origin in home and flow.target in home:
            flows[home[flow.origin], home[flow.target]] += flow.count
    return replace(
        network,
        areas=tuple(_as_one(area, area_name(area, network, lang)) for area in areas),
        bonds=tuple(_between_areas(bond, home) for bond in network.bonds),
        flows=tuple(Flow(origin, target, count) for (origin, target), count in flows.items()),
        schools_left_out=len(network.parties),
        units_left_out=sum(area.kind == "zone" for area in order[_FEW:]),
    )


def _as_one(area: Area, name: str) -> Area:
    party = Party(area.id, name, "area", len(area.everyone))
    return replace(area, parties=(party,) if area.everyone else (), elsewhere=(), inner=(), bonds=area.bonds[:6])


def _between_areas(bond: Bond, home: Mapping[str, str]) -> Bond:
    drawn = sorted((home[tie.party], _ORDER.index(tie.role)) for tie in bond.ties if tie.party in home)
    ties = []
    for area, found in groupby(drawn, key=lambda each: each[0]):
        roles = [role for _, role in found]
        ties.append(Tie(area, _ORDER[roles[0]], None, len(roles)))
    return replace(bond, ties=tuple(ties), left_out=bond.left_out + len(bond.ties) - len(drawn))


def _with_fewer_bonds(network: Network, most: int) -> Network:
    """The biggest units, groups before alliances before pairs."""
    if len(network.bonds) <= most:
        return network
    order = sorted(network.bonds, key=lambda bond: (_KINDS.index(bond.kind), -sum(tie.count for tie in bond.ties)))
    kept = frozenset(bond.id for bond in order[:most])
    bonds = tuple(bond for bond in network.bonds if bond.id in kept)
    return replace(network, bonds=bonds, units_left_out=network.units_left_out + len(network.bonds) - len(bonds))


def _with_fewer_flows(network: Network, most: int) -> Network:
    """The ways on which most people go."""
    if len(network.flows) <= most:
        return network
    kept = frozenset(sorted(network.flows, key=lambda flow: -flow.count)[:most])
    flows = tuple(flow for flow in network.flows if flow in kept)
    return replace(network, flows=flows, flows_left_out=len(network.flows) - len(flows))
