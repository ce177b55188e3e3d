"""没有声明的成员方
A party or unit that is nowhere declared.

Why:
    引用的名称必须有声明，人数、经费和考核才能算到它头上。多数是写错了字，或漏了声明；校区要写在它的学校之下。

    A name that is referred to has to be declared, or no teacher, money or score can be counted for it. Mostly it is a
    slip of the pen or a forgotten declaration; a campus is declared under its school.

Wrong:
    schools: {北新桥小学: {stages: primary}, 史家小学: {stages: primary}}
    feeders:
      对口升学: {from: 北新乔小学, to: 史家小学}

Right:
    schools: {北新桥小学: {stages: [primary, junior]}, 史家小学: {stages: [primary, junior]}}
    feeders:
      对口升学: {from: 北新桥小学, to: 史家小学}

Mend:
    改正名称；确有这所学校或机构的，在 schools、organisations 或 districts 中声明它。

    Correct the name; if there is such a school or body, declare it under `schools`, `organisations` or `districts`.
"""

from collections.abc import Iterator

from xqctl.district import District, Entry
from xqctl.findings import Problem, Related, Severity
from xqctl.messages import Message, msg
from xqctl.references import Reference, closest, did_you_mean, is_all_known, loose_ends, mended, namesake, wanted
from xqctl.registry import Rule

RULE = Rule("XQR001", Severity.ERROR)


def check(district: District) -> Iterator[Problem]:
    """Yields each reference to a party or unit that no file declares."""
    if not is_all_known(district):
        return  # it may stand where something could not be read
    for each in loose_ends(district):
        if not each.target.is_shared or namesake(district, each) is not None:
            continue
        school = district.declares(each.text.partition("/")[0], "schools")
        if "/" in each.text and school is not None:
            yield _campus(district, each, school)
        else:
            what = wanted(each.target)
            message = msg("`{name}` is nowhere declared; {what} is meant here", name=each.text, what=what)
            help_ = did_you_mean(district, each) or _declare(each)
            yield Problem(each.route, message, help_, mend=mended(district, each))


def _campus(district: District, each: Reference, school: Entry) -> Problem:
    campus = each.text.partition("/")[2]
    own = [f"`{name}`" for name in closest(district, each) if name.startswith(f"{school.id}/")]
    known = [f"`{name}`" for name in school.mapping("campuses")]
    message = msg("{school} has no campus `{campus}`", school=school.id, campus=campus)
    help_ = msg("declare it under `campuses` of {school}, or correct the name", school=school.id)
    if own:
        help_ = msg("did you mean {names}?", names=own)
    elif known:
        help_ = msg("its campuses are {campuses}; declare this one there, or correct the name", campuses=known)
    where = school.route("campuses", part="key") if known else school.route()
    return Problem(each.route, message, help_, (Related(where, msg("{school} is declared here", school=school.id)),))


def _declare(each: Reference) -> Message:
    kinds = [f"`{kind}`" for kind in each.target.kinds if kind != "campuses"]
    return msg("correct the name, or declare it under {kinds}", kinds=kinds)
