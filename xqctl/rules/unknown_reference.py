"""没有声明的引用
A name of something else that is nowhere declared.

Why:
    区县、街镇、资源、资金、举措、指标、目标、标准等，凡是被引用的都要有声明，否则这一条什么也不连着。

    Districts, subdistricts, resources, funds, measures, metrics, targets, standards: what is referred to has to be
    declared, or the entry is tied to nothing.

Wrong:
    funds:
      区级内涵发展专项: {amount: 80万元, per: year}
    requests:
      内涵发展2019: {year: 2019, asked: 80万元, into: 区级内涵专项}

Right:
    funds:
      区级内涵发展专项: {amount: 80万元, per: year}
    requests:
      内涵发展2019: {year: 2019, asked: 80万元, into: 区级内涵发展专项}

Mend:
    改正名称，或在提示的类别下声明它。

    Correct the name, or declare it under the kind that is named.
"""

from collections.abc import Iterator
from functools import cache

from xqctl import metrics, registry
from xqctl.district import District
from xqctl.findings import Problem, Severity
from xqctl.likeness import Names
from xqctl.messages import Message, msg
from xqctl.references import Reference, did_you_mean, is_all_known, loose_ends, mended, namesake
from xqctl.registry import Rule
from xqctl.standards import standards

RULE = Rule("XQR009", Severity.ERROR)


def check(district: District) -> Iterator[Problem]:
    """Yields each reference, parties, units and sources left out, that nothing answers to."""
    if not is_all_known(district):
        return  # it may stand where something could not be read
    for each in loose_ends(district):
        if each.target.is_shared or each.target.kinds == ("sources",) or _answered(district, each):
            continue
        kinds = [f"`{kind}`" for kind in each.target.kinds]
        if each.target.kinds == ("subdistricts",):
            message = msg("{name} is not among the subdistricts of {district}", name=each.text, district=district.name)
            otherwise = msg("correct the name, or add it to `subdistricts` of `district`")
        else:
            message = msg("no name in {kinds} is `{name}`", kinds=kinds, name=each.text)
            otherwise = msg("correct the name, or declare it under {kinds}", kinds=kinds)
        help_ = did_you_mean(district, each) or _shipped_alike(each) or otherwise
        yield Problem(each.route, message, help_, mend=mended(district, each))


def _answered(district: District, each: Reference) -> bool:
    """Whether something outside the files answers, or what is declared says nothing of it."""
    match each.target.kinds:
        case ("subdistricts",):
            return _is_unlisted(district) or _is_elsewhere(district, each)
        case ("metrics",):
            return each.text in _metrics()
        case ("standards",) | ("targets", "standards"):
            return not standards() or _is_shipped(*each.text.partition("/"))
        case _:
            return namesake(district, each) is not None


def _shipped_alike(each: Reference) -> Message | None:
    """What is like it among what comes with xqctl."""
    known = {"metrics": _metrics(), "standards": frozenset(standards())}
    near = Names(name for kind in each.target.kinds for name in known.get(kind, ())).closest(each.text)
    return msg("did you mean {names}?", names=[f"`{name}`" for name in near]) if near else None


@cache
def _metrics() -> frozenset[str]:
    return frozenset(registry.leaves(metrics.__name__))


def _is_unlisted(district: District) -> bool:
    """Whether not all subdistricts are known."""
    itself = district.itself
    return (
        not itself.sound
        or not itself.texts("subdistricts")
        or itself.mapping("registers").get("subdistricts") == "partial"
    )


def _is_elsewhere(district: District, each: Reference) -> bool:
    """Whether it is said of a thing, or of a campus, in another district, whose subdistricts nobody lists."""
    campus = each.entry.mapping("campuses").get(each.route.keys[-2]) if each.field == "campuses" else None
    own = campus.get("district") if isinstance(campus, dict) else None
    return own not in (None, district.itself.text("name")) or not district.is_own(each.entry)


def _is_shipped(standard: str, slash: str, target: str) -> bool:
    """Whether a standard, or a target of one, comes with xqctl."""
    known = standards().get(standard)
    return known is not None and (not slash or any(each.id == target for each in known.targets))
