"""申请一项共享资源
Ask for a shared resource.

About:
    写入一条“已申请”的预约，等提供方决定。--grant 供提供方自己登记时用：规则允许就直接同意；容量已满等情况下仍记为申请，
    退出码为 1。不在开放对象之内、资源或申请方不存在的，不写入。

    Writes a booking that waits for the provider's decision. With --grant, for a provider who books in person, it is
    granted at once if the rules hold; else it is written as a request all the same, and the exit code is 1. Nothing is
    written where the resource is not open to the applicant, or one of them is not there.

Examples:
    xqctl share request 岚山化学实验室 拾穗中学 --start '2025-05-14 14:00' --end '2025-05-14 16:00'
    xqctl share request 云溪科技馆研学课 青篱小学 --start '2025-05-21 09:00' --end 2025-05-21 --people 110 --grant
"""

from datetime import date

from xqctl.commands._desk import Note, all_legible, day_of, desk_options, write_down
from xqctl.commands._share import moment_option, path_argument, resource_called
from xqctl.commands._verb import Argument, Option, Verb, WrongCall, options, unknown
from xqctl.compose.read import Data
from xqctl.desk import file_for, new_id
from xqctl.district import District
from xqctl.folder import Folder
from xqctl.messages import msg
from xqctl.page import Page
from xqctl.schema import PARTY_KINDS
from xqctl.terminal import Terminal


def _answer(  # noqa: PLR0913  one for each option
    terminal: Terminal,
    *,
    resource: str,
    applicant: str,
    path: str,
    as_of: date | None,
    today: date | None,
    start: str,
    end: str,
    people: int | None,
    purpose: str | None,
    id_: str | None,
    grant: bool,
) -> Page:
    day = day_of(today)

    def wanted(folder: Folder, district: District) -> tuple[Note, ...]:
        asked = resource_called(district, resource)
        if district.party(applicant) is None:
            raise unknown(msg("party"), applicant, (party.id for party in district.declared(*PARTY_KINDS)))
        if grant:
            all_legible(district, asked)
        name = id_ or new_id(district, resource, applicant, start)
        if district.declares(name, "bookings"):
            raise WrongCall(msg("there is a booking {booking} already; leave --id out, or give another", booking=name))
        fields: dict[str, Data] = {"resource": resource, "applicant": applicant, "start": start, "end": end}
        fields |= {key: value for key, value in (("people", people), ("purpose", purpose)) if value is not None}
        file = file_for(folder, district, asked)
        decided: dict[str, Data] = {"by": asked.text("provider") or "", "on": day.isoformat()}
        request = Note(file, name, fields | {"state": "requested"})
        return (Note(file, name, fields | {"state": "granted", "decided": decided}), request) if grant else (request,)

    return write_down("share request", terminal, path, as_of, day, wanted)


def _people(value: str) -> int:
    if value.isascii() and value.isdigit() and int(value) > 0:
        return int(value)
    raise WrongCall(msg("--people is {value}; write a whole number from 1 on", value=value))


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(
        Argument(["resource"], msg("the resource asked for"), metavar="RESOURCE"),
        Argument(["applicant"], msg("who asks"), metavar="PARTY"),
        path_argument(),
        moment_option("--start", msg("when use begins"), "start", required=True),
        moment_option("--end", msg("when use ends; a day means its end"), "end", required=True, is_end=True),
        Option(["--people"], msg("how many people will use it"), type=_people, metavar="N"),
        Option(["--purpose"], msg("what it is for"), metavar="TEXT"),
        Option(["--id", "id_"], msg("the id of the booking; else resource, applicant and day"), metavar="ID"),
        Option(["--grant"], msg("as the provider: grant it at once where the rules hold"), is_flag=True),
        *desk_options(),
    ),
)
