"""
Rich text made safe.
"""
