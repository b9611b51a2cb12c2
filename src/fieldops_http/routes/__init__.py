"""
The operations of each subdomain: from a request to a command or question, and from a view to its answer.
"""
