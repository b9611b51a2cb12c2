"""
Calendars of public holidays.
"""
