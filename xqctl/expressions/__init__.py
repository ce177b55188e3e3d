"""Expressions (CEL): compile, check, evaluate, by a maintained library that is loaded when the first one is met.

What they see. Field names are the English ones of the schemas; values are as written, with dated values resolved:
text (also dates, `since < "2015"`, and quantities, `"80万元"`), whole numbers, true and false, lists, mappings by id.

* `where`: the thing itself, by its fields and `id`, and what stands around it: `form == "entrusted"`,
  `stages.exists(s, s == "junior")`, `"junior" in stages`, `school.setting == "rural"`, `member.role == "branch"`
* `among`: the same of each thing that would be counted: `ownership != "private"`
* `when`: the same as `where`; the first condition that holds gives the bound: `built < "2010"`
* a metric's `numerator`, `denominator`, `value`: the thing measured, and what is in it as lists: `schools` with their
  statistics of the school year, `zones`, `groups`, `alliances`, `pairs`, `postings`, `resources`, `tasks`, and the
  `members` of a unit: `schools.size()`, `schools.filter(s, s.standing == "weak").size()`,
  `sum(schools.map(s, s.students))`. There money is in 分 and areas in 平方分米. Numerators and denominators are
  whole numbers in the smallest unit (分, persons); the division is ours. A `value` may be a decimal number, which CEL
  keeps as a double: it comes back as `Approximate`.

Absent fields are null, at any depth. Null equals nothing but null, so `form == "merged"` does not hold for a group
without a form, and `form != "merged"` does. Whatever else needs the value (`<`, `+`, `startsWith`) has no result:
the condition does not hold, and says why. To ask: `has(school.setting)`, or `form != null` for a name on its own.
An absent list or mapping is empty.

The language: `== != < <= > >=`, `&& || !`, `+ - * / %` for numbers, `in`, `? :`, `x.size()`, `text.contains("…")`,
`startsWith`, `endsWith`, `matches` (RE2), `list.all(x, …)`, `exists`, `exists_one`, `filter`, `map`, and `sum` of whole
numbers. Whole numbers and decimals do not mix without `int(…)` or `double(…)`. Texts and lists are not joined.
Bounds: 1000 characters, three walks through lists, 10,000 steps, 32 levels, 64 bits.
"""

from xqctl.expressions.engine import Approximate, Compiled, Result, compile_expression, evaluate, holds
from xqctl.expressions.faults import EvaluationError, ExpressionError
from xqctl.expressions.shapes import Choice, ListOf, MapOf, Record, Scalar, Type, fields_of, record

__all__ = [
    "Approximate",
    "Choice",
    "Compiled",
    "EvaluationError",
    "ExpressionError",
    "ListOf",
    "MapOf",
    "Record",
    "Result",
    "Scalar",
    "Type",
    "compile_expression",
    "evaluate",
    "fields_of",
    "holds",
    "record",
]
