"""Knows the network as text that others draw: Mermaid's flowchart and Graphviz' DOT.

Names of nodes are our own (`p1`, `u1`, `z1`), what people call them stands in quoted labels: no name from a file is
ever read as a word of the language. Sources: Mermaid, Flowcharts: entity codes; Graphviz, The DOT Language.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xqctl.drawing.model import Area, Bond, Network
from xqctl.drawing.words import area_name, area_note, bond_gap, kind_name, left_out, party_label, role_name
from xqctl.messages import Lang, say
from xqctl.screen import visible

EDGES = 480
"""Mermaid refuses more than 500 links unless its host says otherwise (`maxEdges`)."""
_LONGEST = 60
_SIGNS = re.compile(r"[!-'*+\-.:-@\[-`{-~]")
"""Every ASCII sign but ( ) , and /: brackets, quotes, and what Markdown would take for a list or stress."""
_LINKS: Mapping[str, tuple[str, str]] = {"group": ("===", "---"), "alliance": ("-.-", "-.-"), "pair": ("-.-", "-.-")}

_STYLES = {"group": "solid", "alliance": "dashed", "pair": "dotted"}
_LOOKS = {"group": "stroke-width:3px", "alliance": "stroke-dasharray:6 4", "pair": "stroke-dasharray:2 3"}


@dataclass(frozen=True, slots=True)
class _Names:
    """What parties and units are called in the text."""

    parties: Mapping[str, str]
    bonds: Mapping[str, str]


def mermaid(network: Network, lang: Lang) -> str:
    """The network as a Mermaid flowchart: zones as subgraphs, thick links for who leads, dotted ones for alliances."""
    names = _names(network)
    body = ["flowchart LR"]
    body += [f'  n{number}["{_entities(say(words, lang))}"]' for number, words in enumerate(left_out(network), 1)]
    for number, area in enumerate(network.areas, 1):
        body += _subgraph(area, f"z{number}", network, names, lang, "  ")
    for bond in network.bonds:
        body.append(f"  {_round(bond, names, lang)}")
        if bond.within is not None and bond.within in names.bonds:
            body.append(f"  {names.bonds[bond.within]} -.-> {names.bonds[bond.id]}")
        for tie in bond.ties:
            link = _LINKS[bond.kind][0 if tie.role == "lead" else 1]
            said = _entities(role_name(tie, lang))
            body.append(f'  {names.bonds[bond.id]} {link}|"{said}"| {names.parties[tie.party]}')
    for flow in network.flows:
        body.append(f'  {names.parties[flow.origin]} -->|"{flow.count}"| {names.parties[flow.target]}')
    return "\n".join([*body, *_classes(network, names)]) + "\n"


def dot(network: Network, lang: Lang) -> str:
    """The network as a DOT graph: zones as clusters, bold edges for who leads, dashed ones for alliances."""
    names = _names(network)
    body = [
        "digraph network {",
        '  graph [rankdir="LR", fontname="sans-serif", compound="true"];',
        '  node [shape="box", fontname="sans-serif"];',
        '  edge [dir="none", fontname="sans-serif"];',
    ]
    for number, words in enumerate(left_out(network), 1):
        body.append(f'  n{number} [label={_quoted(say(words, lang))}, shape="note"];')
    for number, area in enumerate(network.areas, 1):
        body += _cluster(area, f"z{number}", network, names, lang, "  ")
    for bond in network.bonds:
        style = _STYLES[bond.kind]
        body.append(f"  {_ellipse(bond, names, lang)}")
        if bond.within is not None and bond.within in names.bonds:
            body.append(f'  {names.bonds[bond.within]} -> {names.bonds[bond.id]} [style="dotted", dir="forward"];')
        for tie in bond.ties:
            thick = "3" if tie.role == "lead" else "1"
            said = f'label={_quoted(role_name(tie, lang))}, style="{style}", penwidth="{thick}"'
            body.append(f"  {names.bonds[bond.id]} -> {names.parties[tie.party]} [{said}];")
    for flow in network.flows:
        said = f'label="{flow.count}", dir="forward", color="gray50", penwidth="{min(1 + flow.count / 2, 8):g}"'
        body.append(f"  {names.parties[flow.origin]} -> {names.parties[flow.target]} [{said}];")
    return "\n".join([*body, "}"]) + "\n"


def _names(network: Network) -> _Names:
    parties = {party: f"p{number}" for number, party in enumerate(network.parties, 1)}
    return _Names(parties, {bond.id: f"u{number}" for number, bond in enumerate(_every_bond(network), 1)})


def _every_bond(network: Network) -> tuple[Bond, ...]:
    within = (bond for area in network.areas for each in area.everywhere for bond in each.bonds)
    return (*network.bonds, *within)


def _subgraph(area: Area, name: str, network: Network, names: _Names, lang: Lang, before: str) -> Iterator[str]:
    yield f'{before}subgraph {name}["{_entities(_titled(area, network, lang))}"]'
    for label, party in _labels(area, names, lang):
        yield f'{before}  {party}["{_entities(label)}"]'
    for number, each in enumerate(area.inner, 1):
        yield from _subgraph(each, f"{name}_{number}", network, names, lang, f"{before}  ")
    for bond in area.bonds:
        yield f"{before}  {_round(bond, names, lang)}"
    if not area.parties and not area.inner and not area.bonds:
        yield f'{before}  {name}_0[" "]'
    yield f"{before}end"


def _cluster(area: Area, name: str, network: Network, names: _Names, lang: Lang, before: str) -> Iterator[str]:
    yield f"{before}subgraph cluster_{name} {{"
    yield f"{before}  label={_quoted(_titled(area, network, lang))};"
    for label, party in _labels(area, names, lang):
        yield f"{before}  {party} [label={_quoted(label)}];"
    for number, each in enumerate(area.inner, 1):
        yield from _cluster(each, f"{name}_{number}", network, names, lang, f"{before}  ")
    for bond in area.bonds:
        yield f"{before}  {_ellipse(bond, names, lang)}"
    if not area.parties and not area.inner and not area.bonds:
        yield f'{before}  {name}_0 [label="", shape="point", style="invis"];'
    yield f"{before}}}"


def _round(bond: Bond, names: _Names, lang: Lang) -> str:
    return f'{names.bonds[bond.id]}(["{_entities(_about(bond, lang))}"])'


def _ellipse(bond: Bond, names: _Names, lang: Lang) -> str:
    label = _quoted(_about(bond, lang))
    return f'{names.bonds[bond.id]} [label={label}, shape="ellipse", style="{_STYLES[bond.kind]}"];'


def _labels(area: Area, names: _Names, lang: Lang) -> Iterator[tuple[str, str]]:
    """What stands on the nodes of an area: names, with the roles that lead."""
    for party in area.parties:
        tie = area.roles.get(party.id)
        leads = tie is not None and tie.role in ("lead", "deputy")
        label = _cut(party_label(party, lang))
        yield f"{label} · {role_name(tie, lang)}" if tie is not None and leads else label, names.parties[party.id]


def _titled(area: Area, network: Network, lang: Lang) -> str:
    return " · ".join(words for words in (_cut(area_name(area, network, lang)), area_note(area, lang)) if words)


def _about(bond: Bond, lang: Lang) -> str:
    return " · ".join(words for words in (_cut(bond.name), kind_name(bond, lang), bond_gap(bond, lang)) if words)


def _classes(network: Network, names: _Names) -> Iterator[str]:
    for kind, drawn in _LOOKS.items():
        members = [names.bonds[bond.id] for bond in _every_bond(network) if bond.kind == kind]
        if members:
            yield f"  classDef {kind} {drawn}"
            yield f"  class {','.join(members)} {kind}"


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _entities(words: str) -> str:
    """A label as Mermaid has it inside quotes: everything that could mean something is a code."""
    return _SIGNS.sub(lambda found: f"#{ord(found[0])};", visible(words))


def _quoted(words: str) -> str:
    """A string as DOT has it: no escape that Graphviz would read, no entity."""
    said = visible(words).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return f'"{said}"'
