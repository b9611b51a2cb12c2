"""
The domain of fieldops: customers, technicians, visits, and the rules between them.

Pure: the standard library, attrs and python-dateutil; no I/O, no clock, no chance, no threads. Start at
:mod:`fieldops_core.app.registry`, which lists everything that can be done and asked.
"""
