"""
Users: technicians, sales reps, office staff; their working hours and absences.
"""
