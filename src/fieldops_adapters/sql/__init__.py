"""
SQLite and PostgreSQL: :class:`~fieldops_adapters.sql.storage.SqlStorage` keeps everything in a database, which
:func:`~fieldops_adapters.sql.engines.connect` opens and :func:`~fieldops_adapters.sql.migrations.migrate` prepares.
"""
