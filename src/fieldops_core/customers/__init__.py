"""
The customer record: so far what scheduling leans on.
"""
