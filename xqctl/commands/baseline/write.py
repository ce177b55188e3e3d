"""把现有的问题记进清单
Set the findings there are down in a baseline.

About:
    每个区县写一个文件；已有清单时不覆盖，除非加 --force。没有可记的问题就不写文件。

    One file a district. One that is there stays as it is unless --force is given. Where there is nothing to set down
    no file is written.

Examples:
    xqctl baseline write
    xqctl baseline write examples/demo --force
"""

from xqctl.commands._baselines import baseline_options, keeps
from xqctl.commands._verb import Option, Verb
from xqctl.messages import msg

command = Verb(
    __name__,
    __doc__,
    keeps("write"),
    baseline_options(Option(["--force"], msg("write anew what is there, reasons and all"), is_flag=True)),
)
