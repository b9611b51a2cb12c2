"""
What every subdomain speaks: time, places, money, contacts, secrets, rules, outcomes, events, history.
"""
