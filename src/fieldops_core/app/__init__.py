"""
The engine: :class:`~fieldops_core.app.fieldops.FieldOps` carries out commands and answers questions.
"""
