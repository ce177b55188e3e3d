"""Knows the stages of schooling, 学段: seven of them, and that primary and junior together are compulsory."""

STAGES = ("kindergarten", "primary", "junior", "senior", "vocational", "special", "lifelong")
COMPULSORY = frozenset(("primary", "junior"))
"""The stages of compulsory education, 义务教育."""

_ONWARD = {
    "kindergarten": ("primary",),
    "primary": ("junior",),
    "junior": ("senior", "vocational"),
    "senior": ("vocational", "lifelong"),
    "vocational": ("lifelong",),
}


def onward(stages: frozenset[str]) -> frozenset[str]:
    """The stages that pupils who finish one of these go on to; none after special and lifelong, which have no order."""
    return frozenset(after for stage in stages for after in _ONWARD.get(stage, ()))


def in_order(stages: frozenset[str]) -> tuple[str, ...]:
    """Stages in the order of schooling."""
    return tuple(stage for stage in STAGES if stage in stages)


def stages_of(value: object) -> frozenset[str]:
    """A field that names one stage or several, as a set; ``compulsory`` stands for primary and junior."""
    words = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    found = frozenset(word for word in words if isinstance(word, str))
    return (found - {"compulsory"}) | COMPULSORY if "compulsory" in found else found


def share_a_stage(*said: frozenset[str]) -> bool:
    """Whether things can be of one stage; one that says no stage (an empty set) is of every stage."""
    known = [stages for stages in said if stages]
    return not known or bool(frozenset.intersection(*known))
