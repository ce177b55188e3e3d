"""Knows how xqctl starts: the version is told before anything is imported, everything else is `cli`'s."""

import sys


def main() -> int:
    """Runs the command line of this process and returns its exit code."""
    if sys.argv[1:] == ["--version"]:
        return _version()
    from xqctl import cli

    return cli.main()


def _version() -> int:
    from xqctl import __version__

    try:
        print(f"xqctl {__version__}", flush=True)  # noqa: T201  the one answer that needs no page
    except BrokenPipeError:
        from xqctl.terminal import abandon

        abandon(sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
