"""Knows a district as tables, one for each kind and each mapping in it, and tables as a district: nothing is lost.

`shapes` reads from the schemas what may stand where, `cells` writes values as texts, `plan` says which tables there
are, `out` fills them, `back` reads them again. No kind is known by name, so a new one exports by itself.
"""

from xqctl.relations.back import Incoming, Slip, depth_of, in_order, incoming
from xqctl.relations.out import relations
from xqctl.relations.plan import DISTRICT, FILE, REST, Plan, entry_shape, plans
from xqctl.relations.shapes import Scalar, Shape, shape

__all__ = [
    "DISTRICT",
    "FILE",
    "REST",
    "Incoming",
    "Plan",
    "Scalar",
    "Shape",
    "Slip",
    "depth_of",
    "entry_shape",
    "in_order",
    "incoming",
    "plans",
    "relations",
    "shape",
]
