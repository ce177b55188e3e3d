"""Knows who sits at the terminal: language, colour, width, how much to say, and in which encoding it can be read."""

import errno
import io
import os
import shutil
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TextIO, cast, get_args

from xqctl.messages import LANGS, Lang, Message, msg, say

When = Literal["auto", "always", "never"]
WHENS: tuple[When, ...] = get_args(When)


class Fault(Exception):
    """An expected fault: one sentence for stderr, and the exit code that stands for its sort."""

    def __init__(self, message: Message, exit_code: int) -> None:
        super().__init__(message.text)
        self.message = message
        self.exit_code = exit_code


_REASONS: Mapping[int, Message] = {
    errno.EACCES: msg("no permission"),
    errno.EPERM: msg("no permission"),
    errno.ENOENT: msg("it is not there"),
    errno.ENOTDIR: msg("a part of the path is no folder"),
    errno.EISDIR: msg("it is a folder"),
    errno.EEXIST: msg("it is there already"),
    errno.ENOSPC: msg("the disk is full"),
    errno.EDQUOT: msg("the disk is full"),
    errno.EROFS: msg("the disk is read-only"),
    errno.ENAMETOOLONG: msg("the name is too long"),
    errno.EMFILE: msg("too many files are open"),
    errno.ELOOP: msg("links lead round in a circle"),
    errno.EIO: msg("the disk does not answer"),
}


def reason(error: OSError) -> Message | str:
    """Why a file could not be read or written, in the reader's language; what is rare, in the system's words."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


@dataclass(frozen=True, slots=True)
class Terminal:
    """What the reader asked for, before the verb or after it."""

    lang: Lang
    color: When = "auto"
    quiet: bool = False
    verbose: bool = False

    def shows_colour(self, stream: TextIO, environ: Mapping[str, str]) -> bool:
        """Whether `stream` gets colour: the flag, NO_COLOR, FORCE_COLOR, else if it is a terminal.

        Source: https://no-color.org, https://force-color.org.
        """
        if self.color != "auto":
            return self.color == "always"
        if environ.get("NO_COLOR"):
            return False
        if environ.get("FORCE_COLOR"):
            return environ["FORCE_COLOR"] != "0"
        return environ.get("TERM") != "dumb" and stream.isatty()

    def note(self, messages: Iterable[Message]) -> None:
        """Says what is no result: on stderr, and not when it is to be quiet."""
        if not self.quiet:
            for message in messages:
                tell(message, self.lang)


def tell(message: Message, lang: Lang) -> None:
    """One line on stderr; a closed stderr is nobody's fault."""
    if sys.stderr is None:
        return
    from xqctl.screen import visible

    try:
        sys.stderr.write(f"xqctl: {visible(say(message, lang))}\n")
        sys.stderr.flush()
    except OSError:
        return


def language(words: Sequence[str], environ: Mapping[str, str]) -> Lang:
    """The language to speak: ``--lang`` wherever it stands, XQCTL_LANG, the locale, else Chinese.

    A value that is no language is told later, by whoever checks the option.
    """
    asked = (_flag(words), environ.get("XQCTL_LANG"), *_locale(environ))
    return next((lang for text in asked if text for lang in LANGS if text.lower().startswith(lang)), "zh")


def _flag(words: Sequence[str]) -> str | None:
    """What the last ``--lang`` says."""
    said = None
    for word, following in zip(words, [*words[1:], None], strict=False):
        if word == "--":
            break
        if word == "--lang":
            said = following
        elif word.startswith("--lang="):
            said = word.removeprefix("--lang=")
    return said


def _locale(environ: Mapping[str, str]) -> tuple[str | None, ...]:
    if os.name == "nt":
        import locale

        return (locale.getlocale()[0],)
    return (next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), None),)


def columns(stream: TextIO) -> int:
    """The width to lay text out for; away from a terminal always the same: same input, same bytes."""
    return max(40, shutil.get_terminal_size((100, 24)).columns) if stream.isatty() else 100


def stdout(keeps_encoding: bool) -> TextIO:
    r"""Standard output, unable to fail on a character: UTF-8, or the reader's own encoding and the rest written out.

    Where `keeps_encoding` is false, or a terminal can show everything anyway, text is UTF-8 with ``\n``: what goes to
    a pipe or a file reads the same on every machine. A Chinese Windows console keeps its CP936 for text.
    """
    stream = sys.stdout
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")
    if isinstance(stream, io.TextIOWrapper):
        if keeps_encoding or stream.isatty():
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    return cast(TextIO, stream)


def abandon(stream: TextIO | None) -> None:
    """Points a stream whose reader went away at nothing, so that closing it at exit does not complain."""
    if stream is not None:
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, stream.fileno())


class Progress:
    """A line on stderr that counts while something takes long; nothing where nobody sits at a terminal."""

    def __init__(self, reader: Terminal, said: Message) -> None:
        self._said = say(said, reader.lang)
        self._shows = not reader.quiet and sys.stderr is not None and sys.stderr.isatty()
        self._begun = self._last = time.monotonic()
        self._count = 0

    def __enter__(self) -> "Progress":
        return self

    def step(self) -> None:
        """Counts one more; the line is drawn after half a second, then ten times a second at most."""
        self._count += 1
        now = time.monotonic()
        if self._shows and now - self._begun > 0.5 and now - self._last > 0.1:
            self._last = now
            sys.stderr.write(f"\r{self._drawn()}")
            sys.stderr.flush()

    def __exit__(self, *_: object) -> None:
        if self._shows and self._last > self._begun:
            from xqctl.screen import width

            blank = " " * width(self._drawn())  # wipes it also where the terminal knows no escape sequences
            sys.stderr.write(f"\r{blank}\r")
            sys.stderr.flush()

    def _drawn(self) -> str:
        return f"{self._said} {self._count}"
