"""
The bodies of requests, and how they become commands. Names are those of docs/rules/language.md.
"""
