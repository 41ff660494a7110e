"""The facts: contracts, ingest, Delta tables, snapshots and the engines that read."""
