"""Alembic's entry: runs in the transaction that ``sync.hub.database`` opened."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
