"""
What several subdomains answer together.
"""
