"""由分子分母得不出的比例
A ratio that cannot follow from its parts.

Why:
    公布的比例和它的分子、分母对不上：按公布的精度，分母只能是另一个数。多半是总体说错了，比如拿义务教育学校的比例除以全部学校。

    The published share does not follow from its numerator and denominator: at its rounding the whole can only be
    another number. Most likely the whole is another one than stands beside it.

Wrong:
    figures:
      学校总数: {metric: schools, value: 111, on: 2019}
      小规模学校占比: {metric: small_school_share, value: 35%, numerator: 24, on: 2019}

Right:
    figures:
      学校总数: {metric: schools, value: 69, on: 2019}
      小规模学校占比: {metric: small_school_share, value: 35%, numerator: 24, on: 2019}

Mend:
    查清比例的总体，写进 denominator 和 stage；文件确实前后不一的，两处都保留，在 note 里说明。

    Find out what the share is of, and write `denominator` and `stage`; where the document contradicts itself, keep
    both and say so in `note`.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.kinds.figures import Figure, figures
from xqctl.messages import Message, msg
from xqctl.quantities import Quantity, Unit, denominators, parse, percent, ratio, show
from xqctl.registry import Rule

RULE = Rule("XQG002", Severity.WARNING)

_WHOLE = "schools"
_OF_SCHOOLS = frozenset(
    ("small_school_share", "pairing_ratio", "zone_share", "group_share", "alliance_share", "backbone_school_coverage")
)


def check(district: District) -> Iterator[Problem]:
    """Shares that name their numerator, against the whole they name, else against the whole published beside them."""
    for figure in figures(district):
        top, share = parse(figure.entry["numerator"]), figure.rounding
        if figure.value.unit is not Unit.RATIO or share is None or top is None or top.exact is None:
            continue
        possible = denominators(int(top.exact), share) if top.exact == int(top.exact) else None
        if possible is None:
            continue
        named = parse(figure.entry["denominator"])
        if named is not None:
            if named.exact is not None and named.exact >= top.exact and named.exact not in possible:
                yield Problem(figure.entry.route("value"), _told(figure, top, named, possible), _HELP, (_own(figure),))
        elif (beside := _beside(district, figure)) is not None and beside.value.exact not in possible:
            place = Related(
                beside.entry.route("value"),
                msg(
                    "the whole published beside it: {name} ({source})", name=beside.entry.id, source=beside.entry.cited
                ),
            )
            yield Problem(
                figure.entry.route("value"), _told(figure, top, beside.value, possible), _HELP, (place, _own(figure))
            )


_HELP = msg("say what the share is of: `denominator`, `stage`")


def _beside(district: District, figure: Figure) -> Figure | None:
    """The number of schools of the same day, for a share of schools: of the same stage, else of all of them."""
    if figure.metric not in _OF_SCHOOLS:
        return None
    alike = [
        f
        for f in figures(district)
        if f.metric == _WHOLE and f.on == figure.on and f.value.exact is not None and not _is_narrowed(f)
    ]
    same = [f for f in alike if f.entry["stage"] == figure.entry["stage"]]
    return next(iter(same or [f for f in alike if f.entry["stage"] is None]), None)


def _own(figure: Figure) -> Related:
    """The share's own numerator, and who says so."""
    return Related(figure.entry.route("numerator"), msg("its numerator ({source})", source=figure.entry.cited))


def _is_narrowed(figure: Figure) -> bool:
    """Whether it counts only some of them, so that it is no whole."""
    return any(figure.entry[name] is not None for name in ("of", "where", "among", "with"))


def _told(figure: Figure, top: Quantity, whole: Quantity, possible: range) -> Message:
    really = ratio(top.exact or 0, whole.exact or 0)
    if not possible:
        return msg(
            "{figure}: no whole makes {top} of it {share}",
            figure=figure.entry.id,
            top=show(top),
            share=show(figure.value),
        )
    span = str(possible[0]) if len(possible) == 1 else f"{possible[0]}..{possible[-1]}"
    return msg(
        "{figure}: {top} are {share} of {possible}, not of {whole}, of which they are {really}",
        figure=figure.entry.id,
        top=show(top),
        share=show(figure.value),
        possible=span,
        whole=show(whole),
        really=percent(really, 1) if really is not None else "?",
    )
