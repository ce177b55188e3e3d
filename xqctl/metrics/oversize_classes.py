"""超班额班级数
Classes that are too large.

Formula:
    人数多于 over 的班级数；over 为 large（默认）是大班额（56人及以上），extra_large 是超大班额（66人及以
    上），写数字时恰好等于的不算。as 为 share 时，除以班级总数。

    Classes of more pupils than `over`: large (default) are those of 56 and more, extra_large those of 66 and more;
    of a number, a class of exactly so many does not count. With `as`: share, over all classes.

Inputs:
    当日所在学年的 statistics：class_sizes；没有时用 large_classes、extra_large_classes，或由不大于 over 的
    largest_class 得知没有。as 为 share 时还要 classes 或 class_sizes。

    Statistics of the school year that holds the day: class_sizes; without it large_classes or extra_large_classes,
    or a largest_class not over `over`, which means none. With `as`: share also classes or class_sizes.

Source:
    国务院《关于统筹推进县域内城乡义务教育一体化改革发展的若干意见》（2016年7月公布）：到2018年基本消除66人及
    以上的超大班额，到2020年基本消除56人及以上的大班额（转载文本）；通常以超大班额不超过2%、大班额不超过5%为基
    本消除（转载文本）。

    The State Council's opinion on compulsory education in town and country (published July 2016): classes of 66 and
    more to be gone by 2018, of 56 and more by 2020, in the main (secondary text), which is commonly taken as at
    most 2 % and 5 % of all classes (secondary text).
"""

from fractions import Fraction

from xqctl.classes import OVER, classes, oversize
from xqctl.departments import Amount, Gap, amount_of, departments, missing, nothing, ratio_of, shown
from xqctl.indicators import EACH
from xqctl.measuring import Counted, Frame, Item, Metric, Unknown
from xqctl.messages import msg

METRIC = Metric("count", each=EACH, choices=(("over", OVER), ("as", ("count", "share"))))


def measure(frame: Frame) -> Counted | Unknown:
    """Adds up the classes that are too large, and for a share all classes."""
    over, is_share = frame.choice("over", "large"), frame.choice("as") == "share"
    found = departments(frame, apart=False)
    top = [(department.label, oversize(department, over)) for department in found]
    bottom = [(department.label, classes(department)) for department in found] if is_share else []
    gaps = [each for _, each in (*top, *bottom) if isinstance(each, Gap)]
    if gaps:
        return Unknown(missing(frame, gaps))
    if not found:
        return nothing(frame)
    upper, lower = _items(top), _items(bottom)
    count, every = _total(top), _total(bottom)
    if not is_share:
        return Counted(amount_of(count), tuple(item for item in upper if item.amount))
    if not every:
        return Unknown((msg("there is no class to count"),))
    told = msg("{raw} ÷ {pupils} = {value}", raw=shown(count), pupils=shown(every), value=shown(count / every))
    return Counted(ratio_of(count / every), tuple(item for item in upper if item.amount), lower, steps=(told,))


def _items(found: list[tuple[str, Amount | Gap]]) -> tuple[Item, ...]:
    return tuple(Item(label, amount_of(each.value), each.route) for label, each in found if isinstance(each, Amount))


def _total(found: list[tuple[str, Amount | Gap]]) -> Fraction:
    return sum((each.value for _, each in found if isinstance(each, Amount)), Fraction(0))
