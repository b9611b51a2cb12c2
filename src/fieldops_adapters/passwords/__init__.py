"""
Passwords as slow hashes.
"""
