"""让清单与现状一致：新出的记上，没有了的删去
Make a baseline say what there is: new findings in, mended ones out.

About:
    保留各条的理由、负责人、期限和文件里的注释。期限已到而问题还在的条目不动，由人来定。

    Reasons, owners, ends and the file's comments stay. An entry whose day has come while its finding is still there
    is left for people to decide.

Examples:
    xqctl baseline update
    xqctl baseline update examples/demo --select Z
"""

from xqctl.commands._baselines import baseline_options, keeps
from xqctl.commands._verb import Verb

command = Verb(__name__, __doc__, keeps("update"), baseline_options())
