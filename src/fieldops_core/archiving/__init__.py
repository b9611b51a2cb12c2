"""
Archiving a customer, and what comes with it: the cascade, a plan for each subdomain.
"""
