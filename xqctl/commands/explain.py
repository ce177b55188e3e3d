"""说明一条规则、一个类别、一个指标、一条目标、一份标准，或区县里声明的一样东西
Say what a rule, a kind, a metric, a target, a standard or a declared thing means.

About:
    可以问规则的编号、名称或族（XQZ001、Z），类别（groups），指标（pairing_ratio），标准（优质均衡2017），或区县里的编号
    （城桥中学）。给出区县时，列出那一天这一类有哪些，一所学校在哪些单位里；指标、目标、标准则写明数字怎样得来：分子、分母
    逐项列出，哪些没有计入，依据什么，照着可以重算一遍。与类别同名的指标写作 metrics.groups。

    Ask for a rule's code or slug, a family of rules (Z), a kind (groups), a metric (pairing_ratio), a standard
    (优质均衡2017), or an id of a district (城桥中学). With a district, it lists what the kind holds that day, or every
    unit a school is in; of a metric, target or standard how the number came about: each part of numerator and
    denominator, what was left out, on whose authority, so that it can be done again by hand. A metric that is called
    like a kind is written metrics.groups.

Examples:
    xqctl explain XQZ001
    xqctl explain groups
    xqctl explain groups examples/chongming --as-of 2017-12-31
    xqctl explain 城桥中学 examples/chongming
    xqctl explain pairing_ratio
    xqctl explain 支教比例 examples/demo
    xqctl explain 初中达到六项以上 examples/demo --of 归樵初级中学
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xqctl import rules
from xqctl.answer import answer
from xqctl.commands._codes import FAMILIES, family_called, family_page, rule_called, rule_page
from xqctl.commands._fields import in_language
from xqctl.commands._holdings import called, held, ids, kind_blocks, spelled_holding, spelled_units, thing_blocks
from xqctl.commands._kinds import kind_page
from xqctl.commands._numbers import accounts, meaning, names, numbers_of
from xqctl.commands._operands import as_of_option, built, clock, described, folders
from xqctl.commands._verb import Argument, Option, Verb, WrongCall, options, unknown
from xqctl.district import District
from xqctl.messages import Lang, Message, msg, say
from xqctl.metrics import catalogue
from xqctl.page import Block, Column, Heading, Page, Table
from xqctl.schema import KINDS, schema
from xqctl.standards import standards
from xqctl.terminal import Terminal


def _answer(terminal: Terminal, *, what: str | None, operand: str | None, as_of: date | None, of: str | None) -> Page:
    if what is None:
        return _everything(terminal.lang)
    if operand is None:
        return _meaning(what, terminal.lang)
    if rule_called(what) or family_called(what):
        raise WrongCall(msg("{code} is a rule; what it finds: xqctl validate {path}", code=what, path=operand))
    inputs, districts = [], []
    for folder in folders((operand,), None, terminal, as_of):
        inputs.append(described(folder, (operand,)))
        districts.append(built(folder, as_of, clock()))
    kind = _kind_called(what)
    if kind is not None:
        view = _holds(kind, districts, terminal.lang)
    else:
        view = _numbers(what, districts, of, terminal.lang) or _things(what, districts, terminal.lang)
    day = districts[0].as_of if len(districts) == 1 else as_of
    parts = {"explained": view.data}
    data = answer("explain", terminal.lang, as_of=day, inputs=tuple(inputs), parts=parts, summary=view.summary)
    return Page(view.title, view.blocks, data)


@dataclass(frozen=True, slots=True)
class _View:
    """What is shown of one or several districts."""

    title: str
    blocks: tuple[Block, ...]
    data: Mapping[str, object]
    summary: Mapping[str, object]


def _kind_called(name: str) -> str | None:
    """A kind by its key or by its Chinese title."""
    return next((kind for kind in KINDS if name in (kind, schema(kind)["title"])), None)


def _meaning(what: str, lang: Lang) -> Page:
    """What a rule, a family or a kind means, without any district."""
    rule, family, kind = rule_called(what), family_called(what), _kind_called(what)
    if rule is not None:
        return rule_page(rule, lang)
    if family is not None:
        return family_page(family, lang)
    if kind is not None:
        return kind_page(kind, lang)
    told = meaning(what, (), lang)
    if told is not None:
        blocks, explained = told
        return Page(what, blocks, answer("explain", lang, parts={"explained": explained}, summary={}))
    leaves = rules.catalogue().values()
    known = {name for leaf in leaves for name in (leaf.code, leaf.slug)} | {f"XQ{letter}" for letter in FAMILIES}
    known |= {*KINDS, *catalogue(), *standards()}
    raise unknown(msg("rule or kind"), what, known, or_else=msg("for an id, name its district too"))


def _everything(lang: Lang) -> Page:
    """The families of rules and the kinds: all that can be asked for without a district."""
    counts = Counter(leaf.code[2] for leaf in rules.catalogue().values())
    families = tuple((f"XQ{letter}", name, counts[letter]) for letter, name in FAMILIES.items() if counts[letter])
    kinds = tuple((kind, schema(kind)["title"], in_language(schema(kind)["description"], lang)) for kind in KINDS)
    blocks = (
        Heading(msg("Rules")),
        Table((Column(msg("family"), "name"), Column(msg("about")), Column(msg("rules"), "number")), families),
        Heading(msg("Kinds")),
        Table((Column(msg("kind"), "name"), Column(msg("title")), Column(msg("what it means"))), kinds),
    )
    explained = {
        "kind": "everything",
        "id": "xqctl",
        "families": [{"id": code, "title": say(name, lang), "rules": count} for code, name, count in families],
        "kinds": [{"id": kind, "title": title, "text": text} for kind, title, text in kinds],
    }
    summary = {"families": len(families), "kinds": len(kinds), "rules": sum(counts.values())}
    return Page(
        msg("Rules and kinds"), blocks, answer("explain", lang, parts={"explained": explained}, summary=summary)
    )


def _numbers(what: str, districts: Sequence[District], of: str | None, lang: Lang) -> _View | None:
    """How the numbers of a metric, a target or a standard came about; None where it is none of these."""
    told = meaning(what, districts, lang)
    if told is None:
        return None
    found = numbers_of(what, districts, of)
    if of is not None and not any(verdicts or questions for _, verdicts, questions in found):
        raise WrongCall(msg("{what} is not measured of {of} that day", what=what, of=of))
    blocks, explained = told
    more, data = accounts(found, of, lang)
    counts = {name: len(part) for name, part in data.items() if isinstance(part, list)}
    return _View(what, (*blocks, *more), {**explained, **data}, {"districts": len(districts), **counts})


def _holds(kind: str, districts: Sequence[District], lang: Lang) -> _View:
    """What a kind holds in each district on its day."""
    title = schema(kind)["title"]
    name = f"{kind} {title}" if lang == "zh" else kind
    blocks: list[Block] = []
    holds = []
    for district in districts:
        holdings = held(district, kind)
        blocks += [Heading(_headed(name, district)), *kind_blocks(kind, holdings, lang)]
        holds += [spelled_holding(holding) for holding in holdings if holding.is_there]
    text = in_language(schema(kind)["description"], lang)
    data = {"kind": "holdings", "id": kind, "title": title, "text": text, "holds": holds}
    return _View(kind, tuple(blocks), data, {"districts": len(districts), "holds": len(holds)})


def _headed(name: str, district: District) -> Message:
    return msg("{name} of {district} on {day}", name=name, district=district.name, day=district.as_of)


def _things(name: str, districts: Sequence[District], lang: Lang) -> _View:
    """Everything that bears an id."""
    found = [holding for district in districts for holding in called(district, name)]
    if not found:
        known = set().union(KINDS, *map(ids, districts))
        raise unknown(msg("kind or id"), name, known.union(*map(names, districts)))
    blocks: list[Block] = []
    for holding in found:
        blocks += [Heading(_headed(name, holding.district)), *thing_blocks(holding, lang)]
    things = [{**spelled_holding(holding), "units": spelled_units(holding)} for holding in found]
    data = {"kind": "things", "id": name, "things": things}
    return _View(name, tuple(blocks), data, {"districts": len(districts), "things": len(things)})


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(
        Argument(
            ["what"],
            msg("a rule, a family of rules, a kind, a metric, a target, a standard, or an id"),
            required=False,
            metavar="[WHAT]",
        ),
        Argument(["operand"], msg("the district to look into"), required=False, metavar="[PATH]"),
        as_of_option(),
        Option(["--of"], msg("only the number of this one thing"), metavar="NAME"),
        verb="explain",
    ),
)
