"""
What is left of records that are no more.
"""

from fieldops_adapters.sql.mapping.form import Form, Row, Values
from fieldops_adapters.sql.tables import tombstones
from fieldops_core.access.model import Stage
from fieldops_core.customers.model import Tombstone


def tombstone_row(tombstone: Tombstone) -> Values:
    return {
        "id": tombstone.id,
        "number": tombstone.number,
        "stage": tombstone.stage.value,
        "location_id": tombstone.location,
        "made_by": tombstone.by,
        "made_at": tombstone.at,
        "merged_into": tombstone.merged_into,
        "version": tombstone.version,
    }


def tombstone_state(row: Row) -> Tombstone:
    id, number, stage, location, by, at, merged_into, version = row
    return Tombstone(
        id=id,
        number=number,
        stage=Stage(stage),
        location=location,
        by=by,
        at=at,
        merged_into=merged_into,
        version=version,
    )


TOMBSTONES = Form(
    kind="tombstone",
    table=tombstones,
    columns=tuple(column for column in tombstones.c if column.name != "company_id"),
    row=tombstone_row,
    state=tombstone_state,
)
