"""Knows a bureau's own workbooks: headings in several rows, totals, notes, units, and the mapping to our fields.

`mapping` is the file that says which column is which field, `layout` finds headings and rows on a sheet, `values` turns
a cell into a value, `reading` puts all of it together, `guessing` proposes a mapping from the headings.
"""

from xqctl.ledger.guessing import guessed, spelled_mapping
from xqctl.ledger.mapping import Mapped, mapping_of
from xqctl.ledger.reading import Ledger, read_ledger

__all__ = ["Ledger", "Mapped", "guessed", "mapping_of", "read_ledger", "spelled_mapping"]
