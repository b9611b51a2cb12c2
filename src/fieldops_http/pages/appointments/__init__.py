"""
The form of an appointment: a new one, and one that is there (WEB-02).
"""

from fieldops_http.pages.appointments import asked, form

HANDLERS = (*form.HANDLERS, *asked.HANDLERS)
