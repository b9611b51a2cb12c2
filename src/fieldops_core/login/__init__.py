"""
How people come in: passwords, browser sessions, and the links by which a password is set.
"""
