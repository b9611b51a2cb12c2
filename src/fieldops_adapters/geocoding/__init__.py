"""
Looking up addresses.
"""
