"""从清单里删去已经没有的问题，不增加
Take out of a baseline what is no longer found; nothing goes in.

About:
    只删、只减：没有了的条目删去，变少了的调低个数。适合每次合并后自动运行。

    It only shrinks: entries that hold nothing go, counts that are too high are lowered. Fit to be run after every
    merge.

Examples:
    xqctl baseline prune
"""

from xqctl.commands._baselines import baseline_options, keeps
from xqctl.commands._verb import Verb

command = Verb(__name__, __doc__, keeps("prune"), baseline_options())
