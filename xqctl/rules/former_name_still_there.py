"""曾用名还作为另一所声明着
A former name that still stands for a thing of its own.

Why:
    改名的学校在新条目里写了 formerly，旧条目却没有删，一所学校就算成了两所，学生、教师和经费都重复。

    A school that was renamed has `formerly` in its new entry, but the old entry was not deleted: one school counts as
    two, with its pupils, teachers and money.

Wrong:
    schools:
      灯市口大街小学: {stages: primary}
      灯市口小学: {stages: primary, formerly: 灯市口大街小学}

Right:
    schools:
      灯市口小学: {stages: primary, formerly: 灯市口大街小学}

Mend:
    删去旧条目，把它的内容并入新条目；如果原来是另一所学校、由这一所承接，改写 succeeds，并给旧的写上 until。

    Delete the old entry and put what it says into the new one; if the old one was a school of its own that this one
    followed, write `succeeds` instead and give the old one an `until`.
"""

from collections.abc import Iterator

from xqctl.district import District, Entry
from xqctl.findings import Problem, Related, Severity
from xqctl.lives import life
from xqctl.messages import msg
from xqctl.registry import Rule
from xqctl.schema import PARTY_KINDS

RULE = Rule("XQR010", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Yields each former name that is the id of another thing of its kind which goes on living."""
    for entry in (entry for kind in PARTY_KINDS for entry in district.all(kind)):
        for index, name in enumerate(entry.former):
            other = district.get(entry.kind, name)
            if other is None or other is entry or not _are_both_there(district, entry, other):
                continue
            held = entry["formerly"]
            steps = (str(index),) if isinstance(held, list) else (name,) if isinstance(held, dict) else ()
            message = msg("{name} was {former} once, and {former} still stands beside it", name=entry.name, former=name)
            help_ = msg("delete the old entry; if it was another one that this followed, write `succeeds`")
            related = Related(other.route(), msg("{name} is declared here", name=name))
            yield Problem(entry.route("formerly", *steps), message, help_, (related,))


def _are_both_there(district: District, entry: Entry, other: Entry) -> bool:
    """Whether the bearer of the old name goes on, and nothing says that it is another one."""
    old, new = life(district, other), life(district, entry)
    is_later = old.begin is not None and new.begin is not None and old.begin.day > new.begin.day
    is_tied = entry.id in other.texts("succeeds") or other.id in entry.texts("succeeds")
    has_own_code = None not in (entry["code"], other["code"]) and entry["code"] != other["code"]
    return old.end is None and not (is_later or is_tied or has_own_code)
