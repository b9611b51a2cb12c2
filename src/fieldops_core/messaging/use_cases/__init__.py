"""
Sheets and messages.
"""

from fieldops_core.messaging.use_cases.messages import (
    create_message,
    finish_sending,
    list_messages,
    retry_message,
    show_message,
)
from fieldops_core.messaging.use_cases.sheets import preview_sheet, send_sheet

__all__ = [
    "create_message",
    "finish_sending",
    "list_messages",
    "preview_sheet",
    "retry_message",
    "send_sheet",
    "show_message",
]
