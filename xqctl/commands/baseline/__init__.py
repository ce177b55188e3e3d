"""已知问题清单：旧数据里的问题先记下，只管新出的
Baselines: findings a district had before are set down, so that only new ones count.

About:
    接手旧数据时，先把现有的问题按规则和路径（不按行号）记进 district.yaml 旁边的 .xqctl-baseline.yaml；以后 validate
    只为新出的问题不通过，清单里的算已容忍。改好一条，就从清单里删一条。个人信息、读不出的文件和提示不进清单。

    For old data: the findings there are go by rule and path, never by line, into .xqctl-baseline.yaml beside
    district.yaml. From then on validate fails for new ones only; those in the baseline are tolerated. What is mended
    is taken out of it. Personal data, files nobody can read and notes never go in.

Examples:
    xqctl baseline write examples/demo
    xqctl validate examples/demo
    xqctl baseline prune examples/demo
"""

from xqctl.commands._verbs import Verbs

command = Verbs(__name__, __doc__)
