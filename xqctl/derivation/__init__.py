"""Knows how a number is told: a value beside its bound, what was counted, what was left out, on what authority.

`words` puts values and states in words, `tables` lays out verdicts and money, `rankings` evaluations, `account` the way
to one number, `spelled` what machine output says of them.
"""

from xqctl.derivation.account import account
from xqctl.derivation.rankings import ranking_blocks, spelled_places
from xqctl.derivation.spelled import spelled_measurement, spelled_money, spelled_value, spelled_verdict
from xqctl.derivation.tables import group_title, money_blocks, tally, verdict_blocks
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
    "ORDER",
    "STATES",
    "TONES",
    "account",
    "authority",
    "basis_of",
    "confidence",
    "group_title",
    "metric_title",
    "money_blocks",
    "ranking_blocks",
    "remarks",
    "spelled_measurement",
    "spelled_money",
    "spelled_places",
    "spelled_value",
    "spelled_verdict",
    "subject",
    "tally",
    "verdict_blocks",
    "written_amount",
    "written_bound",
    "written_value",
]
