"""What the database itself keeps about headquarters' people."""

from collections.abc import Iterator
from contextvars import copy_context

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from starlette_admin import i18n

from courier_desk.hq.admin.views.records import INCIDENTS
from courier_desk.hq.admin.words import LANGUAGES, bring_catalogue
from courier_desk.hq.core.incidents import IncidentKind
from courier_desk.hq.database import open_engine
from courier_desk.hq.tables.people import HQ_AUDIT, HQ_FORMER_PASSWORD, HQ_LOG_IN, HQ_PERSON, REFERENCE_DRAFT
from tests.hq_database import fresh_database


@pytest.fixture
def engine() -> Iterator[sa.Engine]:
    with fresh_database() as dsn:
        engine = open_engine(dsn, connections=2)
        yield engine
        engine.dispose()


def test_the_migration_makes_the_tables_as_the_code_knows_them(engine: sa.Engine) -> None:
    ours = {table.name for table in (HQ_PERSON, HQ_FORMER_PASSWORD, HQ_LOG_IN, HQ_AUDIT, REFERENCE_DRAFT)}
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, parents: kind != "table" or name in ours,
                "include_object": lambda item, *more: str(getattr(getattr(item, "table", item), "name", "")) in ours,
            },
        )
        found = compare_metadata(context, HQ_PERSON.metadata)
    assert found == []


@pytest.mark.parametrize("statement", ["UPDATE hq_audit SET person = 'x'", "DELETE FROM hq_audit", "TRUNCATE hq_audit"])
def test_the_audit_is_only_ever_added_to(engine: sa.Engine, statement: str) -> None:
    row = {"person": "chen", "action": "code.made", "entity": "desk", "entity_id": "HZ001-1"}
    with engine.begin() as connection:
        connection.execute(sa.insert(HQ_AUDIT).values(at=sa.func.now(), **row))
    with pytest.raises(sa.exc.DBAPIError, match="only ever added to"), engine.begin() as connection:
        connection.execute(sa.text(statement))


def test_every_kind_of_incident_has_its_words_in_both_languages() -> None:
    bring_catalogue()
    assert set(INCIDENTS) == set(IncidentKind)

    def said(language: str) -> list[str]:
        i18n.set_locale(language)
        return [str(INCIDENTS[kind]) for kind in IncidentKind]

    chinese, english = (copy_context().run(said, language) for language in LANGUAGES)
    assert not set(chinese) & set(english)
