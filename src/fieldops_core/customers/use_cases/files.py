"""
Files: added, renamed, removed, shown, found, listed. Their bytes are the engine's business, outside of transactions.
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Permission
from fieldops_core.customers import decisions
from fieldops_core.customers.messages import AddFile, FindFile, ListFiles, RemoveFile, RenameFile, ShowFile
from fieldops_core.customers.model import File, FileId
from fieldops_core.customers.ports import Unit
from fieldops_core.customers.use_cases.belonging import names, owner, page_of
from fieldops_core.customers.views import FilePlace, FilesView, FileView, file_view

FILES = Permission.FILES


def add_file(command: AddFile, call: Call[Unit]) -> FileView:
    owner(command.customer, FILES, Action.CREATE, call)
    outcome = decisions.add_file(command, call.actor.user, new_id=call.new_id, now=call.now)
    return _views((call.keep(call.unit.files, outcome),), call)[0]


def rename_file(command: RenameFile, call: Call[Unit]) -> FileView:
    file = _own(command.file, Action.MODIFY, call)
    call.expect(file)
    return _views((call.keep(call.unit.files, decisions.rename_file(command, file, now=call.now)),), call)[0]


def remove_file(command: RemoveFile, call: Call[Unit]) -> FileView:
    file = _own(command.file, Action.MODIFY, call)
    call.expect(file)
    return _views((call.remove(call.unit.files, decisions.remove_file(file, now=call.now)),), call)[0]


def show_file(question: ShowFile, call: Call[Unit]) -> FileView:
    return _views((_own(question.file, Action.VIEW, call),), call)[0]


def find_file(question: FindFile, call: Call[Unit]) -> FilePlace:
    file = _own(question.file, Action.VIEW, call)
    return FilePlace(name=file.name, media_type=file.content.media_type, key=file.content.key)


def list_files(question: ListFiles, call: Call[Unit]) -> FilesView:
    owner(question.customer, FILES, Action.VIEW, call)
    page, next, count = page_of(call.unit.files, question)
    return FilesView(items=_views(page, call), next=next, count=count)


def _own(id: FileId, action: Action, call: Call[Unit]) -> File:
    file = call.unit.files.get(id)
    owner(file.customer, FILES, action, call)
    return file


def _views(files: tuple[File, ...], call: Call[Unit]) -> tuple[FileView, ...]:
    called = names((file.created_by for file in files), call)
    return tuple(file_view(file, called) for file in files)
