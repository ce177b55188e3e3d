"""说法有争议
Something another source denies.

Why:
    另一处材料说法不同。xqctl 按这里写的值计算，但有争议这件事要一直看得见，免得别人把它当成定论。

    Another document says otherwise. xqctl goes by the value that stands here, and keeps it in sight that it is not
    settled.

Wrong:
    sources:
      方案2014: {title: 学区制综合改革方案}
    schools:
      甲校: {stages: primary}
    zones:
      东学区: {since: 2010, members: {甲校: member}, disputed: {since: {value: 2012, source: 方案2014}}}

Right:
    schools:
      甲校: {stages: primary}
    zones:
      东学区: {since: 2010, members: {甲校: member}}

Mend:
    查清之后，留下对的值，删去 disputed；查不清的，留着这条提示。

    Once it is settled, keep the value that is right and delete `disputed`; until then the note stays.
"""

from collections.abc import Iterator

from xqctl.district import District, remarks
from xqctl.findings import Problem, Related, Severity
from xqctl.messages import Message, msg
from xqctl.registry import Rule

RULE = Rule("XQG005", Severity.INFO)


def check(district: District) -> Iterator[Problem]:
    """Every field that is disputed, then every entry as a whole, members and campuses included."""
    for entry in district.declared():
        for keys, around, said in remarks(entry, "disputed"):
            if isinstance(said, str):
                name = keys[-1] if keys else entry.id or entry.name
                yield Problem(
                    entry.route(*keys, "disputed"),
                    msg("{thing} is disputed and not counted: {why}", thing=name, why=said),
                )
            for field, other in said.items() if isinstance(said, dict) else ():
                if not isinstance(other, dict):
                    continue
                message = msg(
                    "{field} is {here} ({source}); {there} after {other}",
                    field=f"`{field}`",
                    here=_shown(around.get(field)),
                    source=_source(around.get("source")),
                    there=_shown(other.get("value")),
                    other=_source(other.get("source")),
                )
                here = Related(entry.route(*keys, field), msg("what is counted on"))
                yield Problem(entry.route(*keys, "disputed", field), message, None, (here,) if field in around else ())


def _shown(value: object) -> Message | str:
    if value is None:
        return msg("not said")
    return ", ".join(map(str, value)) if isinstance(value, list | dict) else str(value)


def _source(value: object) -> Message | str:
    if value is None:
        return msg("no source named")
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
