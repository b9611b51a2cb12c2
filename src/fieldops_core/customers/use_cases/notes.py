"""
Notes: created, changed, shown, listed.
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Permission
from fieldops_core.company.model import Catalog, EntryId
from fieldops_core.customers import decisions
from fieldops_core.customers.messages import ChangeNote, CreateNote, ListNotes, ShowNote
from fieldops_core.customers.model import Note
from fieldops_core.customers.ports import Unit
from fieldops_core.customers.rules import Choices
from fieldops_core.customers.use_cases.belonging import chosen, names, owner, page_of
from fieldops_core.customers.views import NotesView, NoteView, note_view
from fieldops_core.kernel.unset import Keep, Unset

NOTES = Permission.NOTES


def create_note(command: CreateNote, call: Call[Unit]) -> NoteView:
    owner(command.customer, NOTES, Action.CREATE, call)
    outcome = decisions.create_note(
        command, note_choices(command.type, call), call.actor.user, new_id=call.new_id, now=call.now
    )
    return _views((call.keep(call.unit.notes, outcome),), call)[0]


def change_note(command: ChangeNote, call: Call[Unit]) -> NoteView:
    note = call.unit.notes.get(command.note)
    owner(note.customer, NOTES, Action.MODIFY, call)
    call.expect(note)
    case = note_choices(command.type, call, kept=note.type)
    outcome = decisions.change_note(command, note, case, call.actor.user, now=call.now)
    return _views((call.keep(call.unit.notes, outcome),), call)[0]


def show_note(question: ShowNote, call: Call[Unit]) -> NoteView:
    note = call.unit.notes.get(question.note)
    owner(note.customer, NOTES, Action.VIEW, call)
    return _views((note,), call)[0]


def list_notes(question: ListNotes, call: Call[Unit]) -> NotesView:
    owner(question.customer, NOTES, Action.VIEW, call)
    page, next, count = page_of(call.unit.notes, question)
    return NotesView(items=_views(page, call), next=next, count=count)


def note_choices(type: EntryId | Keep, call: Call[Unit], *, kept: EntryId | None = None) -> Choices:
    """
    What is newly chosen: a type that was there before is none.
    """
    if isinstance(type, Unset) or type == kept:
        return Choices()
    return Choices(type=chosen(type, Catalog.NOTE_TYPES, "note_type", call))


def _views(notes: tuple[Note, ...], call: Call[Unit]) -> tuple[NoteView, ...]:
    users = (id for note in notes for id in (note.created_by, note.changed_by))
    called = names(users, call, catalog=Catalog.NOTE_TYPES)
    return tuple(note_view(note, called) for note in notes)
