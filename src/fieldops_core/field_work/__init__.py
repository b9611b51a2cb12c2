"""
Field work: a visit's statuses on the way, on site and done, and how it ended.
"""
