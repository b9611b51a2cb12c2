"""
Sign-on services, which vouch for who somebody is.
"""
