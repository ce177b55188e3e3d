"""Knows two public ways of writing down what leads from one tree to another: RFC 6902 and RFC 7396."""

from collections.abc import Iterator

from xqctl.changes._edits import Edit, above, edits
from xqctl.changes._forms import MISSING, Tree
from xqctl.compose.read import Data
from xqctl.place import Keys


def json_patch(old: Tree, new: Tree) -> list[Data]:
    """A JSON Patch (RFC 6902): every value that is added, replaced or removed; a list is replaced as a whole."""
    return list(_operations(_with_kinds(old, new)))


def merge_patch(old: Tree, new: Tree) -> dict[str, Data]:
    """A JSON Merge Patch (RFC 7396): what is new, and null for what is gone, as a plan is written."""
    result: dict[str, Data] = {}
    for each in _with_kinds(old, new):
        above(result, each.keys)[each.keys[-1]] = None if each.after is MISSING else each.after
    return result


def _with_kinds(old: Tree, new: Tree) -> Iterator[Edit]:
    """The edits; a kind that comes or goes as a whole is one."""
    for kind in sorted({*old, *new}):
        if kind not in old or kind not in new:
            yield Edit((kind,), old.get(kind, MISSING), new.get(kind, MISSING))
        else:
            yield from edits({kind: old[kind]}, {kind: new[kind]})


def _operations(found: Iterator[Edit]) -> Iterator[Data]:
    for each in found:
        path = _pointer(each.keys)
        if each.after is MISSING:
            yield {"op": "remove", "path": path}
        else:
            yield {"op": "add" if each.before is MISSING else "replace", "path": path, "value": each.after}


def _pointer(keys: Keys) -> str:
    """RFC 6901."""
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)
