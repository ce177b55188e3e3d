"""Knows the picture of a district's network, and its maps, as finished SVG: text, no third party, no clock, no chance.

    from xqctl.drawing import maps, network_picture

    blocks = (*network_picture(district, lang), *maps(district, lang))

Both give `page.Picture` blocks in the reader's language, none where there is nothing to draw: `network_picture` one,
`maps` one for each coordinate system that schools give their places in.
"""

from xqctl.district import District
from xqctl.drawing.atlas import charted
from xqctl.drawing.condensing import bearable
from xqctl.drawing.gathering import gathered
from xqctl.drawing.painting import painted
from xqctl.messages import Lang
from xqctl.page import Picture

__all__ = ["maps", "network_picture"]


def network_picture(district: District, lang: Lang) -> tuple[Picture, ...]:
    """Zones as areas, groups and alliances as coloured links, postings as arrows: the district on its day."""
    network = gathered(district)
    if network.is_empty:
        return ()
    drawing = painted(bearable(network, lang), lang)
    return (Picture(drawing.title, drawing.about, drawing.inline()),)


def maps(district: District, lang: Lang) -> tuple[Picture, ...]:
    """The schools where they stand, a map for each coordinate system."""
    drawings = charted(district, gathered(district), lang)
    return tuple(Picture(drawing.title, drawing.about, drawing.inline()) for drawing in drawings)
