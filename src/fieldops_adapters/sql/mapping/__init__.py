"""
Between states and rows: for each kind of aggregate one function there and one back, written out.
"""
