"""
Records that cease to be: deleted with all that belongs to them, or merged into another.
"""
