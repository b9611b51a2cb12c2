"""
Credit bureaus.
"""
