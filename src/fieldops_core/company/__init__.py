"""
The company itself: locations, settings, catalogs.
"""
