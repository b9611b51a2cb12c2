"""
Sheets and messages.
"""

from fieldops_core.messaging.model.facts import EquipmentLine, SheetFacts
from fieldops_core.messaging.model.message import (
    BODY_LIMIT,
    ERROR_LIMIT,
    SUBJECT_LIMIT,
    WAITING,
    Attachment,
    Channel,
    Letter,
    Message,
    MessageId,
    MessageState,
    a_subject,
)
from fieldops_core.messaging.model.sheets import Fact, Section, Sheet

__all__ = [
    "BODY_LIMIT",
    "ERROR_LIMIT",
    "SUBJECT_LIMIT",
    "WAITING",
    "Attachment",
    "Channel",
    "EquipmentLine",
    "Fact",
    "Letter",
    "Message",
    "MessageId",
    "MessageState",
    "Section",
    "Sheet",
    "SheetFacts",
    "a_subject",
]
