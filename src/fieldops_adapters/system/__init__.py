"""
The machine and the libraries on it: time, ids, chance, telephone numbers.
"""
