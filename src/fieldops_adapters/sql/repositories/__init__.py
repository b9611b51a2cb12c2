"""
The aggregates of one company, by id and by what is asked of them.
"""
