"""Knows what a drawing says of parties, units and postings, in the reader's language."""

from collections.abc import Iterable, Iterator, Mapping

from xqctl.drawing.model import Area, AreaKind, Bond, Network, Party, Tie, Unnamed
from xqctl.labels import label
from xqctl.messages import Lang, Message, msg, say
from xqctl.quantities import Quantity, plain

_AREAS: Mapping[AreaKind, Message] = {
    "elsewhere": msg("schools of other districts"),
    "organisation": msg("organisations"),
    "district": msg("districts"),
    "unknown": msg("members declared nowhere"),
}


def area_name(area: Area, network: Network, lang: Lang) -> str:
    """What stands over an area."""
    if area.kind == "zone":
        return area.name
    if area.kind != "schools":
        return say(_AREAS[area.kind], lang)
    if not network.zones:
        return say(msg("schools"), lang)
    is_open = any(zone.is_silent or zone.unnamed for zone in network.zones)
    return say(msg("schools whose zone is not said") if is_open else msg("schools in no zone"), lang)


def area_note(area: Area, lang: Lang) -> str:
    """How many stand in an area, and who is not named."""
    schools = sum(party.kind == "school" for party in area.parties)
    said = list[str]()
    if any(party.kind == "area" for party in area.parties):
        pass  # it says so itself
    elif area.roles:
        said.append(
            say(msg("members: {count}", count=sum(tie.count for tie in area.roles.values()) + area.left_out), lang)
        )
    elif schools:
        said.append(say(msg("schools: {count}", count=schools), lang))
    return " · ".join([*said, *_missing(area.unnamed, area.is_silent, area.left_out, lang)])


def bond_notes(bond: Bond, names: Mapping[str, str], lang: Lang) -> tuple[str, ...]:
    """What a unit is: its kind and form, how many it ties, what it is part of."""
    said = [kind_name(bond, lang, is_short=bond.within is not None)]
    if bond.ties and bond.kind != "pair":
        said.append(say(msg("members: {count}", count=sum(tie.count for tie in bond.ties) + bond.left_out), lang))
    if bond.within is not None:
        said.append(say(msg("in {unit}", unit=names.get(bond.within, bond.within)), lang))
    return tuple(said)


def bond_gap(bond: Bond, lang: Lang) -> str:
    """Who of a unit is not named, or not drawn; empty where all are."""
    return " · ".join(_missing(bond.unnamed, bond.is_silent, bond.left_out, lang))


def kind_name(bond: Bond, lang: Lang, *, is_short: bool = False) -> str:
    """A unit's kind with its form; in short, its form alone."""
    if bond.form is None or bond.kind == "pair":
        return _label("common.each", bond.kind, lang)
    form = _label("groups.form" if bond.kind == "group" else "alliances.form", bond.form, lang)
    if is_short:
        return form
    return say(msg("{kind} ({form})", kind=_label("common.each", bond.kind, lang), form=form), lang)


def party_name(party: Party, lang: Lang) -> str:
    """A party's name, with what it is where nobody declares it."""
    return party.name if party.kind != "unknown" else say(msg("{party} (declared nowhere)", party=party.name), lang)


def party_label(party: Party, lang: Lang) -> str:
    """What stands on a party: its name; on one that stands for an area, how many are in it."""
    return party.name if party.kind != "area" else say(msg("members: {count}", count=party.count), lang)


def role_name(tie: Tie, lang: Lang) -> str:
    """A role, and the local word for it."""
    role = _label("unit.role", tie.role, lang)
    return role if tie.title is None else say(msg("{role} ({title})", role=role, title=tie.title), lang)


def unnamed_words(unnamed: Iterable[Unnamed], lang: Lang) -> str:
    """How many of which role a document counts and nobody names: `22 lead + 38 member`."""
    return " + ".join(_counted(each, lang) for each in unnamed)


def tie_hint(bond: Bond, party: Party, tie: Tie, lang: Lang) -> str:
    """What a link between a unit and a party says."""
    said = say(msg("{unit}: {party}, {role}", unit=bond.name, party=party.name, role=role_name(tie, lang)), lang)
    return said if tie.count == 1 else f"{said} × {tie.count}"


def flow_hint(origin: Party, target: Party, count: int, lang: Lang) -> str:
    """What an arrow says."""
    return say(msg("{origin} → {target}: people {count}", origin=origin.name, target=target.name, count=count), lang)


def title(network: Network, lang: Lang) -> str:
    """The title of the picture."""
    if network.focus is None:
        return say(msg("{district}: who is tied to whom, {day}", district=network.district, day=network.day), lang)
    said = msg(
        "{unit} and what touches it, {district}, {day}",
        unit=network.focus,
        district=network.district,
        day=network.day,
    )
    return say(said, lang)


def about(network: Network, lang: Lang) -> str:
    """The picture in one sentence, for who cannot see it."""
    kinds = [bond.kind for area in network.areas for each in area.everywhere for bond in each.bonds]
    kinds += [bond.kind for bond in network.bonds]
    counts = msg(
        "zones {zones}, groups {groups}, alliances {alliances}, pairs {pairs}; parties drawn {parties}",
        zones=len(network.zones),
        groups=kinds.count("group"),
        alliances=kinds.count("alliance"),
        pairs=kinds.count("pair"),
        parties=len(network.parties),
    )
    said = [say(counts, lang)]
    if network.ways:
        said.append(
            say(
                msg(
                    "people posted in {year}: {people}, along {ways} ways",
                    people=network.people,
                    ways=network.ways,
                    year=str(network.year),
                ),
                lang,
            )
        )
    return ("；" if lang == "zh" else "; ").join([*said, *(say(each, lang) for each in left_out(network))])


def left_out(network: Network) -> Iterator[Message]:
    """What is not drawn because there is too much."""
    if network.schools_left_out:
        yield msg(
            "{count} parties are too many to draw one by one: each zone stands for its own",
            count=network.schools_left_out,
        )
    if network.units_left_out:
        yield msg("more units that are not drawn: {count}", count=network.units_left_out)
    if network.flows_left_out:
        yield msg("more ways people go that are not drawn: {count}", count=network.flows_left_out)


def _missing(unnamed: tuple[Unnamed, ...], is_silent: bool, left: int, lang: Lang) -> Iterator[str]:
    if unnamed:
        yield say(msg("{roles}, not named", roles=unnamed_words(unnamed, lang)), lang)
    if is_silent:
        yield say(msg("members not named"), lang)
    if left:
        yield say(msg("not drawn: {count} more", count=left), lang)


def _counted(each: Unnamed, lang: Lang) -> str:
    if each.role == "all":
        return say(msg("members: {count}", count=_range(each.count)), lang)
    return say(msg("{count} {role}", count=_range(each.count), role=label("unit.role", each.role)), lang)


def _range(count: Quantity) -> str:
    """A count as people write it: `22`, `1–2`, `≥3`."""
    low, high = (None if end is None else plain(end) for end in (count.low, count.high))
    if low == high:
        return str(low)
    return f"≥{low}" if high is None else f"{low}–{high}"


def _label(owner: str, word: str, lang: Lang) -> str:
    found = label(owner, word)
    return found.zh if lang == "zh" else found.en
