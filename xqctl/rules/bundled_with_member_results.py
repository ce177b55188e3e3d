"""捆绑考核中出现成员校得分
A bundled scheme with results of members.

Why:
    捆绑考核以集团、联盟或学区为单位打分，成员校共用单位的结果。给成员校单独打分，就有两个结果，不知道该用哪一个。

    A bundled scheme scores the unit, and its members share that result. A member with a score of its own has two
    results, and nobody knows which one counts.

Wrong:
    schools:
      甲校: {stages: primary}
      乙校: {stages: primary}
    groups:
      东集团: {members: {甲校: lead, 乙校: branch}}
    evaluations:
      集团考核:
        of: group
        bundled: true
        indicators: {教学质量: {weight: 100%, range: 0..100}}
        results: {2025: {东集团: {教学质量: 86}, 乙校: {教学质量: 70}}}

Right:
    schools:
      甲校: {stages: primary}
      乙校: {stages: primary}
    groups:
      东集团: {members: {甲校: lead, 乙校: branch}}
    evaluations:
      集团考核:
        of: group
        bundled: true
        indicators: {教学质量: {weight: 100%, range: 0..100}}
        results: {2025: {东集团: {教学质量: 86}}}

Mend:
    删去成员校的得分；要同时给学校打分，就另立一个 of: school 的方案。

    Delete the member's score; to score schools too, write a scheme of its own with `of: school`.
"""

from collections.abc import Iterator

from xqctl.district import District
from xqctl.findings import Problem, Severity
from xqctl.kinds.schools import schools
from xqctl.messages import msg
from xqctl.registry import Rule

RULE = Rule("XQE003", Severity.WARNING)


def check(district: District) -> Iterator[Problem]:
    """Results of schools in a scheme that is bundled; one that is also of schools may have them."""
    known = schools(district)
    for scheme in district.all("evaluations"):
        if scheme["bundled"] is not True or "school" in scheme.texts("of"):
            continue
        for year, units in scheme.mapping("results").items():
            for party in units if isinstance(units, dict) else ():
                if party.partition("/")[0] in known:
                    message = msg(
                        "{scheme} is bundled and scores {party} by itself in {year}",
                        scheme=scheme.id,
                        party=party,
                        year=year,
                    )
                    help_ = msg("score its unit; members share the unit's result")
                    yield Problem(scheme.route("results", year, party, part="key"), message, help_)
