"""
Driving distances.
"""
