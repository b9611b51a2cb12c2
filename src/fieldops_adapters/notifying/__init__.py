"""
Letters, handed on.
"""
