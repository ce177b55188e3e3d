"""校际差异系数
How far schools differ in one indicator.

Formula:
    CV = S ÷ X。weights 为 pupils（默认）时按学生数加权：X = Σ 各校总量 ÷ Σ 学生数，S = √(Σ (nᵢ ÷ N) × (xᵢ −
    X)²)，nᵢ、xᵢ 为一校学生数和指标值，N 为学生总数；不除以 n − 1。unweighted：X 为各校值的平均，各校同等；
    sample：同上而 S 除以 k − 1。后两种不是标准的算法，结果中会注明。每个学段各算一所学校。几个学段合写的，按
    加权学生数 小学:初中:高中 = 1:1.1:1.32 分摊（九年一贯 1:1.1，完全中学 初中:高中 = 1:1.2）。

    CV = S ÷ X. `weights`: pupils (default): X = Σ of what schools have ÷ Σ pupils, S = √(Σ (nᵢ ÷ N) × (xᵢ − X)²),
    with nᵢ and xᵢ the pupils and the value of a school and N all pupils; nothing is divided by n − 1. unweighted: X
    is the mean of the values, every school weighs the same; sample: so too, and S is divided by k − 1. These two
    are not what the standards do, and the result says so. Each stage of a school counts as a school. What several
    stages share and is written only for the whole school is split by weighted pupils, primary : junior : senior = 1
    : 1.1 : 1.32 (nine-year schools 1 : 1.1, complete secondary schools 1 : 1.2).

Inputs:
    indicator（必写）是七项、八项指标之一的编号；该指标所需的 statistics。rented 同 sports_area_per_pupil，
    indoor 同 teaching_area_per_pupil。population 选定计入的学校：all（默认）全部；quality_2017 只计小学、初中
    部，不计不足50人的教学点；basic_2012 只计教育部门办的小学、初中部，不计小学教学点。

    `indicator` (has to be said) is the id of one of the seven or the eight; the statistics that it needs. `rented`
    as for sports_area_per_pupil, `indoor` as for teaching_area_per_pupil. `population` says which schools count:
    all (default); quality_2017 only primary and junior departments, without teaching points of fewer than 50
    pupils; basic_2012 only those the county's education department runs, without primary teaching points.

Source:
    公式见《县域义务教育校际均衡指标计算方法》，为教督〔2012〕3号而写（转载文本）；教督〔2017〕6号用同一公式是
    推定，其限值为每项小学不高于0.50、初中不高于0.45（转载文本）。该文五校之例：加权0.51526，不加权0.48877，样
    本0.54646，限值0.50时结论相反。

    The formula is that of the teaching sheet 县域义务教育校际均衡指标计算方法, written for the 2012 method
    (secondary text); that the 2017 one means the same is inferred, its limits are 0.50 in primary, 0.45 in junior
    schools for each indicator (secondary text). The sheet's five schools: 0.51526 weighted, 0.48877 unweighted,
    0.54646 as a sample; against 0.50 the verdicts differ.
"""

from typing import cast

from xqctl.departments import POPULATION
from xqctl.indicators import EACH, INDICATORS, INDOOR, RENTED
from xqctl.measuring import Counted, Frame, Metric, Unknown
from xqctl.messages import msg
from xqctl.variations import Weights, variation

METRIC = Metric(
    "index",
    each=tuple(each for each in EACH if each != "school"),
    choices=(
        ("indicator", ("", *INDICATORS)),
        ("weights", ("pupils", "unweighted", "sample")),
        RENTED,
        INDOOR,
        POPULATION,
    ),
)


def measure(frame: Frame) -> Counted | Unknown:
    """Divides the spread of the indicator by its mean."""
    indicator = frame.choice("indicator")
    if not indicator:
        return Unknown((msg("`with` has to say which indicator, such as {example}", example="sports_area_per_pupil"),))
    return variation(frame, indicator, cast("Weights", frame.choice("weights", "pupils")))
