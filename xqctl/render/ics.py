"""iCalendar (RFC 5545) for calendars on phones and desks: one event a booking, in the time of Beijing.

The page's document of this name is a list of events; each has an id, a title, a beginning and an end without a zone,
where, by whom, how settled it is, and the day it was written down.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TextIO, cast

from xqctl import __version__
from xqctl.messages import Message, say
from xqctl.page import Page
from xqctl.render import View
from xqctl.screen import visible

keeps_encoding = False

_ZONE = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a calendar; `end` is the first moment it is over, `status` as RFC 5545 (3.8.1.11) has it."""

    id: str
    title: str | Message
    start: datetime
    end: datetime
    where: str
    about: str | Message
    status: str
    written: date

    @property
    def is_whole_days(self) -> bool:
        """Whether it begins and ends with a day: calendars then show it above the hours."""
        return self.start.time() == self.end.time() == time()


def write(page: Page, stream: TextIO, view: View) -> None:
    """Writes the page's events as one calendar."""
    from zoneinfo import ZoneInfo

    import icalendar

    zone = ZoneInfo(_ZONE)
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//xqctl//{__version__}//{view.lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", visible(say(page.title, view.lang)))
    for each in cast("tuple[Event, ...]", page.documents.get("ics", ())):
        event = icalendar.Event()
        event.add("uid", each.id)
        event.add("dtstamp", datetime.combine(each.written, time(), UTC))
        for name, moment in (("dtstart", each.start), ("dtend", each.end)):
            event.add(name, moment.date() if each.is_whole_days else moment.replace(tzinfo=zone))
        event.add("summary", visible(say(each.title, view.lang)))
        event.add("location", visible(each.where))
        event.add("description", visible(say(each.about, view.lang)))
        event.add("status", each.status)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    stream.write(calendar.to_ical().decode())
