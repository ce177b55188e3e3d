"""Knows how a district's reform is governed: its slogan, its bodies by type, their chairs, tiers, posts, evaluation."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from xqctl.comparison.values import Row, Said, Value, words
from xqctl.district import District, Entry
from xqctl.labels import label
from xqctl.messages import Message, Word, msg
from xqctl.schema import schema

SECTION = "governance"
_EACH = {
    word: Word(said["zh"], said["en"])
    for word, said in schema("bodies")["$defs"]["entry"]["properties"]["roles"]["additionalProperties"]["properties"][
        "each"
    ]["x-labels"].items()
}
"""What a post may be for each of."""


def rows(districts: Sequence[District]) -> Iterator[Row]:
    """The slogan, a row for each type of body that one of them has, then what the bodies say of themselves."""
    yield _row("model", msg("its own word for it"), map(_model, districts))
    held = [bodies(district) for district in districts]
    for type_ in schema("bodies")["$defs"]["type"]["x-labels"]:
        if any(entry.text("type") == type_ for entry in chain(*held)):
            values = (_named([entry for entry in mine if entry.text("type") == type_]) for mine in held)
            yield _row(f"bodies.{type_}", label("bodies.type", type_), values)
    yield _row("chairs", msg("who chairs"), (_said(mine, _chair) for mine in held))
    yield _row("tiers", msg("tiers"), (_said(sorted(mine, key=_tier), _tiered) for mine in held))
    yield _row("roles", msg("who sits in them"), (_said(mine, _roles) for mine in held))
    yield _row("posts", msg("posts by number"), (_stated(_said(mine, _posts)) for mine in held))
    yield _row("evaluation", msg("evaluation schemes"), map(_schemes, districts))


def bodies(district: District) -> tuple[Entry, ...]:
    """The bodies of a district on its day."""
    return tuple(
        entry for entry in district.all("bodies") if entry.life.contains(district.as_of) and not entry.is_disputed
    )


def reach(entry: Entry) -> Said:
    """A body with what it is for: one in each zone, one for a named thing, or its name alone where that is not said."""
    each = entry.text("each")
    if each is not None:
        return msg("{body} (each {each})", body=entry.name, each=label("bodies.each", each))
    return msg("{body} (of {of})", body=entry.name, of=entry.texts("of")) if entry["of"] else entry.name


def _row(id_: str, title: Said, values: Iterable[Value]) -> Row:
    return Row(SECTION, id_, title, tuple(values), is_kept=True)


def _model(district: District) -> Value:
    said = district.itself.word("model", district.as_of)
    return words(() if said is None else (said,))


def _named(entries: Sequence[Entry]) -> Value:
    return words(map(reach, entries), _sources(entries))


def _said(entries: Sequence[Entry], say: Callable[[Entry], Message | None]) -> Value:
    found = [(entry, told) for entry in entries if (told := say(entry)) is not None]
    return words((told for _, told in found), _sources([entry for entry, _ in found]))


def _stated(value: Value) -> Value:
    """Words with numbers in them, which the documents on these bodies state."""
    return replace(value, basis="stated") if value.is_said else value


def _chair(entry: Entry) -> Message | None:
    chair = entry.mapping("chair")
    if not chair:
        return None
    mode, holder = label("bodies.mode", str(chair.get("mode"))), chair.get("holder")
    if holder is None:
        return msg("{body}: {mode}", body=entry.name, mode=mode)
    return msg("{body}: {mode}, {holder}", body=entry.name, mode=mode, holder=str(holder))


def _tier(entry: Entry) -> int:
    tier = entry["tier"]
    return tier if isinstance(tier, int) else 0


def _tiered(entry: Entry) -> Message | None:
    return msg("{tier}: {body}", tier=_tier(entry), body=entry.name) if _tier(entry) else None


def _roles(entry: Entry) -> Message | None:
    roles = tuple(entry.mapping("roles"))
    return msg("{body}: {roles}", body=entry.name, roles=roles) if roles else None


def _posts(entry: Entry) -> Message | None:
    """The roles of a body that are so many; ``each`` says of what."""
    told: list[object] = []
    for name, role in entry.mapping("roles").items():
        if isinstance(role, dict) and role.get("count") is not None:
            each = role.get("each")
            count = str(role["count"])
            told.append(
                msg("{role} {count}", role=name, count=count)
                if each is None
                else msg(
                    "{role} {count} each {each}",
                    role=name,
                    count=count,
                    each=_EACH.get(str(each), Word(str(each), str(each))),
                )
            )
    return msg("{body}: {posts}", body=reach(entry), posts=told) if told else None


def _schemes(district: District) -> Value:
    entries = [
        entry for entry in district.all("evaluations") if entry.life.contains(district.as_of) and not entry.is_disputed
    ]
    return words(map(_scheme, entries), _sources(entries))


def _scheme(entry: Entry) -> Message:
    of = [label("evaluations.of", word) for word in entry.texts("of")]
    if entry["bundled"] is True:
        return msg("{scheme} (of {of}, bundled)", scheme=entry.name, of=of)
    return msg("{scheme} (of {of})", scheme=entry.name, of=of)


def _sources(entries: Sequence[Entry]) -> Iterator[str]:
    return (source for entry in entries for source in entry.texts("source"))
