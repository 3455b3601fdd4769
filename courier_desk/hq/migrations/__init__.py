"""How the tables of headquarters came to be, step by step (Alembic; run by ``courier_desk.hq.database.migrate``)."""
