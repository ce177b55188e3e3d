"""Knows how a chart's table becomes a picture: Vega-Lite draws it, offline, in this process.

Nothing of the picture's layout hangs on the fonts of the machine that draws it: labels have the room that is counted
for them here, legends and titles are the page's own text.
"""

from markupsafe import Markup

from xqctl import page as p
from xqctl.messages import Lang, say
from xqctl.render.html.charts import sketches
from xqctl.render.html.charts.colours import inked
from xqctl.render.html.charts.reading import marks
from xqctl.render.html.drawings import Drawn


def drawn(chart: p.Chart, lang: Lang) -> Drawn:
    """The chart as a picture; one of nothing where no row has a value."""
    import vl_convert

    sketch = sketches.sketch(chart, marks(chart, lang), lang)
    if sketch is None:
        return Drawn(Markup(""))
    svg = vl_convert.vegalite_to_svg(sketch.spec, allowed_base_urls=[])
    legend = [(colour, series) for series, colour in sketch.legend]
    notes = [say(note, lang) for note in sketch.notes]
    box = f"0 0 {sketch.width} {sketch.height}"
    return Drawn(inked(svg), box, sketch.width, sketch.height, legend, notes)
