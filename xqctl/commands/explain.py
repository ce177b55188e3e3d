"""说明一条规则、一个类别，或区县里声明的一样东西
Say what a rule, a kind, or a declared thing means.

About:
    可以问规则的编号、名称或族（XQZ001、Z），类别（groups），或区县里的编号（城桥中学）。给出区县时，列出那一天这一类有哪些，
    或一所学校在哪些单位里。

    Ask for a rule's code or slug, a family of rules (Z), a kind (groups), or an id of a district (城桥中学). With a
    district, it lists what the kind holds that day, or every unit a school is in.

Examples:
    xqctl explain XQZ001
    xqctl explain groups
    xqctl explain groups examples/chongming --as-of 2017-12-31
    xqctl explain 城桥中学 examples/chongming
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
from xqctl.commands._operands import as_of_option, built, clock, described, folders
from xqctl.commands._verb import Argument, Verb, WrongCall, options, unknown
from xqctl.district import District
from xqctl.messages import Lang, Message, msg, say
from xqctl.page import Block, Column, Heading, Page, Table
from xqctl.schema import KINDS, schema
from xqctl.terminal import Terminal


def _answer(terminal: Terminal, *, what: str | None, operand: str | None, as_of: date | None) -> Page:
    if what is None:
        return _everything(terminal.lang)
    if operand is None:
        return _meaning(what, terminal.lang)
    if rule_called(what) or family_called(what):
        raise WrongCall(msg("{code} is a rule; what it finds: xqctl validate {path}", code=what, path=operand))
    inputs, districts = [], []
    for folder in folders((operand,), None, terminal):
        inputs.append(described(folder, (operand,)))
        districts.append(built(folder, as_of, clock()))
    kind = _kind_called(what)
    view = _things(what, districts, terminal.lang) if kind is None else _holds(kind, districts, terminal.lang)
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
    leaves = rules.catalogue().values()
    known = {name for leaf in leaves for name in (leaf.code, leaf.slug)} | {f"XQ{letter}" for letter in FAMILIES}
    raise unknown(msg("rule or kind"), what, known | set(KINDS), or_else=msg("for an id, name its district too"))


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
        raise unknown(msg("kind or id"), name, known)
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
        Argument(["what"], msg("a rule, a family of rules, a kind, or an id"), required=False, metavar="[WHAT]"),
        Argument(["operand"], msg("the district to look into"), required=False, metavar="[PATH]"),
        as_of_option(),
    ),
)
