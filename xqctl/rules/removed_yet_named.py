"""方案删除了别处还在引用的东西
A plan that removes what something else still names.

Why:
    方案施行后，引用它的地方就指向不存在的东西。学校撤并要说明去向，成员关系和数据要一并处理。

    Once the plan is carried out, whatever names it would point at nothing. A school that goes has to leave its units,
    and what is registered of it has to go or be dated as well.

Wrong:
    schools:
      甲校: {stages: primary, standing: quality}
      乙校: {stages: primary}
    groups:
      甲校教育集团:
        form: cooperative
        members: {甲校: lead, 乙校: member}
    === plans/撤并/schools.yaml
    schools:
      乙校: null

Right:
    schools:
      甲校: {stages: primary, standing: quality}
      乙校: {stages: primary}
    groups:
      甲校教育集团:
        form: cooperative
        members: {甲校: lead, 乙校: member}
    === plans/撤并/schools.yaml
    schools:
      乙校: null
    groups:
      甲校教育集团:
        members: {乙校: null}

Mend:
    在同一方案里把引用一并删去或改写；学校撤销的，更宜保留学校、写上 until，并由后继学校写 succeeds。

    Remove or change the references in the same plan. A school that closes is better kept with its `until`, and named
    by its heir in `succeeds`.
"""

from collections import defaultdict
from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Related, Severity
from xqctl.messages import msg
from xqctl.place import Keys, Route, dotted
from xqctl.references import Reference, torn
from xqctl.registry import Rule

RULE = Rule("XQN003", Severity.ERROR)


def check(district: District) -> Iterator[Problem]:
    """One finding for each thing removed, with every place that names it."""
    found: defaultdict[Keys, list[Reference]] = defaultdict(list)
    for keys, reference in torn(district):
        found[keys].append(reference)
    for keys, named in found.items():
        message = msg("{address} is removed, and {count} places still name it", address=dotted(keys), count=len(named))
        help_ = msg("remove or change these in the plan too, or keep it with its `until`")
        related = tuple(Related(each.route, msg("`{name}` is named here", name=each.text)) for each in named)
        yield Problem(Route(district.root, keys, "key"), message, help_, related)
