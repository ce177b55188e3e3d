"""From when until when a party exists, by what is written of it."""

from datetime import date

import pytest

from xqctl.district import Entry
from xqctl.lives import Life, beyond, latest, life, years_later

DAY = date(2019, 11, 2)


class _On:
    as_of = DAY


def lived(**fields: object) -> Life:
    entry = Entry("schools", "甲校", fields, "schools.yaml", ("schools", "甲校"))  # type: ignore[arg-type]
    return life(_On(), entry)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "begin", "end"),
    [
        ({}, None, None),
        ({"since": "2010-09", "until": "2018-09-01"}, date(2010, 9, 1), date(2018, 9, 1)),
        ({"until": 2018}, None, date(2018, 12, 31)),
        ({"status": "open"}, None, None),
        ({"status": "closed"}, None, DAY),
        ({"status": {"1958": "open", "2018-09-01": "closed"}}, None, date(2018, 9, 1)),
        ({"status": {"2015": "planned", "2018-09": "open"}}, date(2018, 9, 1), None),
        ({"status": "planned"}, date(2019, 11, 3), None),
        ({"status": {"2001": "open", "2010": "suspended", "2012": "open"}}, None, None),
    ],
)
def test_a_life_has_the_ends_that_are_written(fields: dict[str, object], begin: date | None, end: date | None) -> None:
    assert (lived(**fields).interval.start, lived(**fields).interval.end) == (begin, end)


@pytest.mark.parametrize(
    ("since", "until", "is_beyond"),
    [
        ("2010", None, False),  # may be any day of 2010
        ("2009", None, True),
        ("2010-08", None, True),
        ("2018-08", None, False),
        ("2018-09-01", None, True),
        ("2012", "2018-09-01", False),
        ("2012", "2019", True),
        (None, "2010", False),
        (None, "2009-09", True),
        (None, None, False),
    ],
)
def test_what_may_fit_is_not_beyond(since: str | None, until: str | None, is_beyond: bool) -> None:
    whole = lived(since="2010-09-01", until="2018-09-01")
    assert (beyond(whole, since, until) is not None) is is_beyond


def test_days_at_the_edges() -> None:
    assert latest("2019-02") == date(2019, 2, 28)
    assert latest("2019-02-30") is None
    assert years_later(date(2016, 2, 29), 3) == date(2019, 2, 28)
    assert years_later(date(9999, 1, 1), 5) == date(9999, 1, 1)
