"""Knows the two sides of a comparison while it is told: their trees, their places, and which edits are untold yet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from xqctl.changes._edits import Edit
from xqctl.changes._forms import MISSING, Tree, Value
from xqctl.changes.model import Action, Change, Class
from xqctl.district import District
from xqctl.messages import Message
from xqctl.place import Keys, Route


@dataclass(frozen=True, slots=True)
class Side:
    """One state: its tree, the district it is of, and what things were called there (by their names today)."""

    tree: Tree
    district: District
    called: Mapping[str, str] = field(default_factory=dict)

    def at(self, *keys: str) -> Value:
        """What stands at these keys."""
        here: Value = self.tree if isinstance(self.tree, dict) else dict(self.tree)
        for key in keys:
            if not isinstance(here, dict) or key not in here:
                return MISSING
            here = here[key]
        return here

    def text(self, *keys: str) -> str | None:
        """The same, where it is text."""
        found = self.at(*keys)
        return found if isinstance(found, str) else None

    def texts(self, *keys: str) -> tuple[str, ...]:
        """The same, where it is several texts."""
        found = self.at(*keys)
        return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()

    def route(self, keys: Keys) -> Route | None:
        """Where this side says what stands at these keys, or the nearest above; None without the thing itself."""
        kind = keys[0]
        own = (kind, *(self.called.get(key, key) for key in keys[1:]))
        entries = self.district.kinds.get(kind, {})
        if kind == "statistics":
            found = next((e for e in entries.values() if e.keys[: len(own)] == own[: len(e.keys)]), None)
        else:
            found = entries.get(own[1] if len(own) > 1 else "") or (entries.get("") if kind == "district" else None)
        if found is None:
            return None
        return Route(found.file, own, "key" if len(own) <= len(found.keys) else "value")


class Untold:
    """The edits between two sides that no change has told of yet; each is taken once."""

    def __init__(self, old: Side, new: Side, edits: Iterable[Edit]) -> None:
        self.old = old
        self.new = new
        self._edits: dict[tuple[str, ...], dict[Keys, Edit]] = {}
        for each in edits:
            self._edits.setdefault(each.keys[:2], {})[each.keys] = each

    def of(self, *keys: str) -> tuple[Edit, ...]:
        """The edits at and below these keys: of a kind, a thing, a field."""
        if len(keys) >= 2 or keys == ("district",):
            groups = [self._edits.get(keys[:2], {})]
        else:
            groups = [group for start, group in self._edits.items() if start[:1] == keys]
        return tuple(each for group in groups for each in group.values() if each.keys[: len(keys)] == keys)

    def at(self, *keys: str) -> Edit | None:
        """The edit of exactly what stands at these keys."""
        return self._edits.get(keys[:2], {}).get(keys)

    def things(self, *kinds: str) -> Iterator[Keys]:
        """The kind and id of everything with an edit left, of all kinds if none is named."""
        for start in sorted(self._edits):
            if self._edits[start] and (not kinds or start[0] in kinds):
                yield start

    def tell(
        self,
        kind: Class,
        action: Action,
        address: Keys,
        summary: Message,
        edits: Iterable[Edit],
        *,
        is_weaker: bool = False,
    ) -> Change:
        """A change that accounts for these edits, which are untold no more."""
        mine = tuple(edits)
        for each in mine:
            del self._edits[each.keys[:2]][each.keys]
        return Change(
            kind,
            action,
            address,
            summary,
            self.old.at(*address),
            self.new.at(*address),
            self.old.route(address),
            self.new.route(address),
            mine,
            is_weaker,
        )
