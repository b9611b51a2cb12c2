"""
What happens to appointments and holds.
"""

from fieldops_core.kernel.events import Event


class AppointmentBooked(Event):
    pass


class AppointmentRelocated(Event):
    """
    It belongs to another location, since its customer does, at the same instant (CUS-19).
    """


class AppointmentHandedOver(Event):
    """
    It is another customer's, into whom its own was merged (CUS-25).
    """


class AppointmentMoved(Event):
    pass


class AppointmentResized(Event):
    pass


class AppointmentReassigned(Event):
    pass


class AppointmentEdited(Event):
    pass


class AppointmentCancelled(Event):
    pass


class AppointmentReinstated(Event):
    pass


class AppointmentDoubleBooked(Event):
    """
    Another one of its user was put beside it on purpose (SCH-27).
    """


class DoubleBookingEnded(Event):
    """
    It has its user to itself again (SCH-27).
    """


class TimeHeld(Event):
    pass


class HoldReleased(Event):
    """
    Its time is free again.
    """


class HoldConsumed(Event):
    """
    Its time was booked.
    """


class AppointmentRetimed(Event):
    """
    Its instant, or the local time by which it is told, became another without anybody's moving it (SCH-03, SCH-26).
    """


class AppointmentStranded(Event):
    """
    It became pending reassignment (APT-14).
    """


class AppointmentSettled(Event):
    """
    It was pending reassignment, and stays where it is: it fits there again (SCH-29).
    """
