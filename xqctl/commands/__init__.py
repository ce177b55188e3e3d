"""Knows the verbs: one a module, found because it stands here; its docstring is its help, its `command` runs it."""
