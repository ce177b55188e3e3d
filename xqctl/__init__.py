"""Education districts kept as YAML: validated, measured, compared."""

__version__ = "0.1.0"
