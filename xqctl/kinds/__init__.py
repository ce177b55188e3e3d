"""Knows the fields of the kinds that rules and metrics read by name: typed views, one kind a module."""
