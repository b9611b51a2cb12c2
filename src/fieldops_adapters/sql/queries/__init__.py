"""
What is asked across aggregates.
"""
