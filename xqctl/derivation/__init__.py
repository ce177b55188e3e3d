"""Knows how a number is told: a value beside its bound, what was counted, what was left out, on what authority.

`words` puts values and states in words, `amounts` makes them numbers on a page, `tables` lays out verdicts, `balances`
money, `numbers` those of one field, `lacks` what is missing, `spreads` how far schools differ, `rankings` evaluations,
`account` the way to one number, `anchors` says where on a page each is, `spelled` what machine output says of them.
"""

from xqctl.derivation.account import Guide, account, account_blocks, authority_blocks
from xqctl.derivation.amounts import amount, measured, measured_of, money, parts_of, plain_amount, short_by
from xqctl.derivation.anchors import anchor, source_anchor, verdict_anchor
from xqctl.derivation.balances import fund_name, money_blocks, own, units_of
from xqctl.derivation.lacks import Wanting, wanting
from xqctl.derivation.numbers import number_blocks
from xqctl.derivation.rankings import Place, places, ranking_blocks, spelled_places
from xqctl.derivation.spelled import spelled_measurement, spelled_money, spelled_value, spelled_verdict
from xqctl.derivation.tables import FEW, by_target, group_title, tally, thing_table, verdict_blocks, verdict_table
from xqctl.derivation.words import (
    BASES,
    ORDER,
    STATES,
    TONES,
    authority,
    basis_of,
    confidence,
    metric_title,
    remarks,
    subject,
    written_amount,
    written_bound,
    written_value,
)

__all__ = [
    "BASES",
    "FEW",
    "ORDER",
    "STATES",
    "TONES",
    "Guide",
    "Place",
    "Wanting",
    "account",
    "account_blocks",
    "amount",
    "anchor",
    "authority",
    "authority_blocks",
    "basis_of",
    "by_target",
    "confidence",
    "fund_name",
    "group_title",
    "measured",
    "measured_of",
    "metric_title",
    "money",
    "money_blocks",
    "number_blocks",
    "own",
    "parts_of",
    "places",
    "plain_amount",
    "ranking_blocks",
    "remarks",
    "short_by",
    "source_anchor",
    "spelled_measurement",
    "spelled_money",
    "spelled_places",
    "spelled_value",
    "spelled_verdict",
    "subject",
    "tally",
    "thing_table",
    "units_of",
    "verdict_anchor",
    "verdict_blocks",
    "verdict_table",
    "wanting",
    "written_amount",
    "written_bound",
    "written_value",
]
