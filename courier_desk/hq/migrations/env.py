"""Run by Alembic: the migrations go over the connection that ``courier_desk.hq.database`` hands in."""

from alembic import context

from courier_desk.hq.tables import whole_metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=whole_metadata(),
    transaction_per_migration=False,
)
context.run_migrations()
