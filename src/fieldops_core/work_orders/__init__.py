"""
Work orders: the job itself, with zero, one or many appointments.
"""
