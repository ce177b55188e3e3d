"""把学区、集团、联盟、结对和人员流动画成一张图
Draw who is tied to whom: zones, groups, alliances, pairs and postings.

About:
    不给格式时列出各单位、牵头方、成员和人员流动；-o 文件名 写成图，格式看后缀：.svg、.mmd（Mermaid）、
    .dot（Graphviz）、.html、.json。左边是集团与联盟，中间是学区和学校，右边是本学年的人员流动，线越粗人越多；星号是
    牵头方。只公布数目、没有列名的成员照数写出，不编造名字。学校太多时以学区代表其中的学校，图上写明没有画出多少。
    --map 按学校登记的坐标画地图，每种坐标系一幅，不混用。退出码总是 0。

    Without a format it lists units, who leads, who belongs to them, and who is posted where; -o FILE draws, in the
    format its ending says: .svg, .mmd (Mermaid), .dot (Graphviz), .html, .json. Groups and alliances stand left, zones
    with their schools in the middle, the school year's postings right: the thicker, the more people; a star leads.
    Members that are counted but not named are shown as the count. Where there are too many schools each zone stands
    for its own, and the picture says how many are not drawn. --map draws the schools where they say they are, one map
    for each coordinate system. The exit code is always 0.

Examples:
    xqctl graph examples/demo
    xqctl graph examples/demo -o network.svg
    xqctl graph examples/demo --unit 望星小学教育集团 -o group.svg
    xqctl graph examples/demo --show zones --show pairs --format mermaid
    xqctl graph examples/demo --map -o map.svg
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast

import click

from xqctl.answer import answer
from xqctl.commands._graph import spelled_graph, tables
from xqctl.commands._operands import as_of_option, built, clock, described, folders, today_option
from xqctl.commands._outputs import FileVerb, output_option
from xqctl.commands._verb import OUTPUTS, Argument, Option, Output, WrongCall, one_of, options, unknown
from xqctl.district import District
from xqctl.drawing import notation
from xqctl.drawing.atlas import charted, unplaced
from xqctl.drawing.condensing import bearable, within_edges
from xqctl.drawing.gathering import gathered
from xqctl.drawing.model import LAYERS, Choice, Layer, Network
from xqctl.drawing.painting import painted
from xqctl.drawing.svg import Drawing, stacked
from xqctl.drawing.words import left_out
from xqctl.kinds.units import open_units, units
from xqctl.load import Folder
from xqctl.messages import msg
from xqctl.page import Block, Heading, Page, Paragraph, Picture, Tone, line
from xqctl.terminal import Terminal

_WRITTEN = ("mermaid", "dot")
_READ = ("text", "plain")


def _answer(
    terminal: Terminal,
    *,
    operand: str | None,
    as_of: date | None,
    today: date | None,
    show: tuple[str, ...],
    unit: str | None,
    map_: bool,
) -> Page:
    where = operand or "."
    outputs: Sequence[Output] = click.get_current_context().meta[OUTPUTS]
    refused = next((output.format for output in outputs if map_ and output.format in _WRITTEN), None)
    if refused is not None:
        raise WrongCall(msg("a map cannot be written as {format}; write it as svg or html", format=refused))
    folder = _only(tuple(folders((where,), None, terminal, as_of, today)), where)
    district = built(folder, as_of, today or clock())
    if unit is not None:
        _check(district, unit)
    network = gathered(district, Choice(cast("tuple[Layer, ...]", show or LAYERS), unit))
    shown = bearable(network, terminal.lang)
    drawings = charted(district, network, terminal.lang) if map_ else (painted(shown, terminal.lang),)
    is_read = not terminal.quiet and any(output.format in _READ for output in outputs)
    data = answer(
        "graph",
        terminal.lang,
        as_of=district.as_of,
        inputs=(described(folder, (where,)),),
        parts={"graph": (graph := spelled_graph(district, network))},
        summary={name: len(cast("list[object]", graph[name])) for name in ("nodes", "links")},
    )
    documents = {
        "svg": stacked(drawings, unplaced(network, terminal.lang)),
        "mermaid": notation.mermaid(within_edges(network, notation.EDGES, terminal.lang), terminal.lang),
        "dot": notation.dot(shown, terminal.lang),
    }
    blocks = tuple(_blocks(network, shown, drawings, terminal, where if is_read else None))
    return Page(msg("Network"), blocks, data, documents=documents)


def _only(found: tuple[Folder, ...], where: str) -> Folder:
    if len(found) != 1:
        raise WrongCall(msg("{path} holds {count} districts; name the one to draw", path=where, count=len(found)))
    return found[0]


def _check(district: District, unit: str) -> None:
    """Whether a unit can be drawn: there is one, and it lives on the day."""
    if unit not in units(district):
        raise unknown(msg("unit"), unit, units(district))
    if unit not in {each.id for each in open_units(district, district.as_of)}:
        raise WrongCall(
            msg("{unit} is not there to be drawn on {day}; choose the day with --as-of", unit=unit, day=district.as_of)
        )


def _blocks(
    network: Network, shown: Network, drawings: Sequence[Drawing], terminal: Terminal, where: str | None
) -> Iterator[Block]:
    yield Heading(msg("{district} on {day}", district=network.district, day=network.day))
    for drawing in drawings:
        yield Picture(drawing.title, drawing.about, drawing.inline())
    if not drawings:
        yield Paragraph(line(msg("no school says where it is: give schools a location")))
    for words in left_out(shown):
        yield Paragraph(line(words), Tone.WARN)
    yield from tables(network, terminal.lang)
    if where is not None:
        yield Paragraph(line(msg("as a picture: `xqctl graph {path} -o network.svg`", path=where)), Tone.MUTED)


command = FileVerb(
    __name__,
    __doc__,
    _answer,
    options(
        Argument(["operand"], msg("the district; else the working directory"), required=False, metavar="[OPERAND]"),
        output_option(),
        as_of_option(),
        today_option(),
        Option(
            ["--show"],
            msg("only this layer, several times if wanted"),
            type=one_of("--show", LAYERS),
            multiple=True,
            metavar="|".join(LAYERS),
        ),
        Option(["--unit"], msg("only this zone, group or alliance, and what touches it"), metavar="ID"),
        Option(["--map", "map_"], msg("a map of the schools that say where they are"), is_flag=True),
        verb="graph",
    ),
)
