"""
Roles, grants, tokens: who may do what, where.
"""
