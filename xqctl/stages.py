"""Knows the stages of schooling, 学段: seven of them, and that primary and junior together are compulsory."""

STAGES = ("kindergarten", "primary", "junior", "senior", "vocational", "special", "lifelong")
COMPULSORY = frozenset(("primary", "junior"))
"""The stages of compulsory education, 义务教育."""


def stages_of(value: object) -> frozenset[str]:
    """A field that names one stage or several, as a set; ``compulsory`` stands for primary and junior."""
    words = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    found = frozenset(word for word in words if isinstance(word, str))
    return (found - {"compulsory"}) | COMPULSORY if "compulsory" in found else found


def share_a_stage(*said: frozenset[str]) -> bool:
    """Whether things can be of one stage; one that says no stage (an empty set) is of every stage."""
    known = [stages for stages in said if stages]
    return not known or bool(frozenset.intersection(*known))
