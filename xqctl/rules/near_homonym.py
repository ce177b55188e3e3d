"""名称只差一个形近或同音字
Two names that differ by one look-alike or sound-alike character.

Why:
    北新桥小学与北新挢小学多半是同一所学校，其中一处写错了字；分成两所，学生、教师和结对就各算各的。

    北新桥小学 and 北新挢小学 are most likely one school, misspelt in one place; as two, their pupils, teachers and
    pairs are counted apart.

Wrong:
    schools:
      北新桥小学: {stages: primary}
      北新挢小学: {stages: primary}

Right:
    schools:
      东城区第一小学: {stages: primary}
      东城区第二小学: {stages: primary}

Mend:
    写错的一处改正，两处并成一处。确是两所学校的，写上各自的学校标识码（code）或街镇（subdistrict）即可分清；
    改过名的用 formerly，同时使用的另一名称用 also_named。

    Correct the misspelt one and put both into one. If they are two schools, give each its code or subdistrict, which
    tells them apart; for a change of name write `formerly`, for a second name in use `also_named`.
"""

from collections.abc import Iterator, Mapping

from xqctl.district import District, Entry
from xqctl.findings import Problem, Related, Severity
from xqctl.likeness import slips
from xqctl.messages import msg
from xqctl.place import Route
from xqctl.registry import Rule

RULE = Rule("XQR006", Severity.WARNING)
_TELLING = ("code", "district", "subdistrict")


def check(district: District) -> Iterator[Problem]:
    """Yields each later one of two schools, or organisations, whose names a slip of the pen makes two."""
    years = _years(district)
    for kind in ("schools", "organisations"):
        known = _called(district, kind)
        for earlier, later, *pair in slips(known):
            one, other = known[earlier], known[later]
            if one is other or _are_tied(one, other) or _are_told_apart(one, other, years):
                continue
            message = msg("{name} is almost {other}: {pair} look or sound alike", name=later, other=earlier, pair=pair)
            help_ = msg("if they are one, correct the name; if they are two, give each its `code` or `subdistrict`")
            yield Problem(_where(other, later), message, help_, (Related(_where(one, earlier), msg("the other one")),))


def _called(district: District, kind: str) -> Mapping[str, Entry]:
    """Ids first, then names where they differ from the id."""
    known = {entry.id: entry for entry in district.declared(kind)}
    for entry in tuple(known.values()):
        known.setdefault(entry.name, entry)
    return known


def _where(entry: Entry, name: str) -> Route:
    return entry.route() if name == entry.id else entry.route("name")


def _are_tied(one: Entry, other: Entry) -> bool:
    """Whether one of them says that it is, was, or came from the other."""
    return any(
        name.partition("/")[0] in (b.id, b.name)
        for a, b in ((one, other), (other, one))
        for field in ("formerly", "also_named", "succeeds")
        for name in (a.former if field == "formerly" else a.texts(field))
    )


def _are_told_apart(one: Entry, other: Entry, years: Mapping[str, frozenset[str]]) -> bool:
    """Whether what is said of both shows that they are two: their codes, their places, numbers of the same year."""
    if any(one.text(field) and other.text(field) and one.text(field) != other.text(field) for field in _TELLING):
        return True
    return bool(years.get(one.id, frozenset()) & years.get(other.id, frozenset()))


def _years(district: District) -> Mapping[str, frozenset[str]]:
    """The school years each school has statistics of."""
    found: dict[str, set[str]] = {}
    for entry in district.declared("statistics"):
        found.setdefault(entry.keys[2], set()).add(entry.keys[1])
    return {school: frozenset(years) for school, years in found.items()}
