"""写错的表达式
An expression that does not compile.

Why:
    where、among、when 里的条件和自定指标的公式要能编译，字段名和取值要存在。
    写错的条件谁也选不中，指标会悄悄少算，甚至算成零。

    A condition or formula has to compile, and the fields and words in it have to exist. A condition with a slip
    picks nothing, and the metric silently counts too little, or nothing at all.

Wrong:
    subsidies:
      托管经费: {amount: 60万元, each: group, where: 'form == "entrustd"', per: year}
    funds:
      专项: {amount: 800万元, per: year}
    groups:
      东门集团: {form: entrusted, members: {甲校: lead, 乙校: branch}}
    schools:
      甲校: {stages: primary}
      乙校: {stages: primary}

Right:
    subsidies:
      托管经费: {amount: 60万元, each: group, where: 'form == "entrusted"', per: year}
    funds:
      专项: {amount: 800万元, per: year}
    groups:
      东门集团: {form: entrusted, members: {甲校: lead, 乙校: branch}}
    schools:
      甲校: {stages: primary}
      乙校: {stages: primary}

Mend:
    按提示改字段名或取值；能用哪些名字，看 xqctl explain 那个类别。文字用双引号，比较用 ==，“并且”写 &&，“或者”写 ||。

    Mend the name or word as the message says; `xqctl explain` the kind lists what there is. Text stands in double
    quotes, equal is ==, and is &&, or is ||.
"""

from collections.abc import Iterator

from xqctl.conditions import condition, sees_inside
from xqctl.district import District, Entry
from xqctl.expressions import Compiled, ExpressionError, Scalar, compile_expression
from xqctl.findings import Problem, Severity
from xqctl.metrics import counted_by
from xqctl.place import Route, Span, Where
from xqctl.registry import Rule

RULE = Rule("XQX001", Severity.ERROR)

_FORMULAS = {"numerator": Scalar.WHOLE, "denominator": Scalar.WHOLE, "value": Scalar.NUMBER}


def check(district: District) -> Iterator[Problem]:
    """Compiles every condition and formula with what it sees."""
    for kind in ("figures", "targets", "subsidies", "evaluations", "metrics"):
        for entry in district.all(kind):
            for route, text, compiled in _expressions(entry):
                if not isinstance(compiled, Compiled):
                    for error in compiled[:1]:
                        yield Problem(_where(district, route, text, error), error.message, error.help)


def _expressions(entry: Entry) -> Iterator[tuple[Route, str, Compiled | tuple[ExpressionError, ...]]]:
    for each in _measured(entry):
        if (text := entry.text("where")) is not None:
            yield entry.route("where"), text, condition(text, each)
        listed = entry["when"]
        for number, item in enumerate(listed if isinstance(listed, list) else []):
            for text in item if isinstance(item, dict) else ():
                yield entry.route("when", str(number), text, part="key"), text, condition(text, each)
        for name, gives in _FORMULAS.items() if entry.kind == "metrics" else ():
            if (text := entry.text(name)) is not None:
                yield entry.route(name), text, compile_expression(text, sees_inside(each), gives)
    if (text := entry.text("among")) is not None:
        yield entry.route("among"), text, condition(text, counted_by(entry.text("metric")))


def _measured(entry: Entry) -> tuple[str, ...]:
    """The sorts of things an entry's conditions are on."""
    return entry.texts("of" if entry.kind == "evaluations" else "each") or ("district",)


def _where(district: District, route: Route, text: str, error: ExpressionError) -> Where:
    """The wrong word inside the text where that stands on one line as it is; else the whole text."""
    span = district.folder.span(route)
    line = district.folder.line(span.file, span.line)
    start = line.find(text, span.column - 1)
    if span.line != span.end_line or error.line != 1 or start < 0 or start > span.column:
        return route
    return Span(span.file, span.line, start + error.column, span.line, start + max(error.end, error.column + 1))
