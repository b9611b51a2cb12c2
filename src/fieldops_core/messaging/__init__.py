"""
Messaging: the appointment sheet, and messages to customers and users.
"""
