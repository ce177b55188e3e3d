"""写出 shell 的补全脚本
Print a shell's script for completion.

About:
    补全命令、选项、选项的取值、格式、规则编号、指标、标准、类别，以及当前文件夹（或命令中给出的路径）所属区县里学校、
    学区、集团、联盟、资源等的编号。把下面的一行写进 shell 的启动文件，重新打开终端。

    It completes verbs, options, their values, formats, codes of rules, metrics, standards, kinds, and the ids of
    schools, units, resources and all else in the district of the working directory, or of the path in the call. Put the
    line for your shell into its start-up file, then open a new terminal.

Examples:
    eval "$(xqctl completion bash)"  # ~/.bashrc
    eval "$(xqctl completion zsh)"   # ~/.zshrc
    xqctl completion fish | source   # ~/.config/fish/config.fish
"""

import click
from click.shell_completion import get_completion_class

from xqctl.answer import answer
from xqctl.commands._verb import Argument, Verb, WrongCall, options
from xqctl.messages import msg
from xqctl.page import Code, Page
from xqctl.terminal import Terminal

_KNOWN = ("bash", "zsh", "fish", "powershell")
SHELLS = tuple(name for name in _KNOWN if get_completion_class(name) is not None)
"""The shells that click has scripts for."""


def _answer(terminal: Terminal, shell: str) -> Page:
    text = _script(shell)
    data = answer("completion", terminal.lang, parts={"shell": shell, "script": text}, summary={})
    return Page(shell, (Code(text, shell),), data)


def _script(shell: str) -> str:
    """The shell's script; it asks xqctl, told so by an environment variable."""
    found = get_completion_class(shell)
    if found is None or shell not in SHELLS:
        raise WrongCall(msg("shell {name} is unknown; there is {choices}", name=shell, choices=SHELLS))
    asking = found(click.Command("xqctl"), {}, "xqctl", "_XQCTL_COMPLETE")
    script = found.source_template % asking.source_vars()
    return script.replace('(string split "," $', '(string split -m 1 "," $')  # fish's would cut XQZ001,XQZ002 in two


command = Verb(
    __name__,
    __doc__,
    _answer,
    options(Argument(["shell"], msg("whose script: {shells}", shells=SHELLS), metavar="|".join(SHELLS))),
)
