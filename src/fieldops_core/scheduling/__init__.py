"""
Who is free, near enough and allowed; visits, from booking to their end; the day grid.
"""
