#!/bin/sh
# One database for each service and the vault, each with a role of its own that may connect to no other.
# The postgres image runs this once, on an empty data directory.
set -eu

for name in usage rating invoicing payments reporting vault; do
    psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres --set password="$METERLOG_DATABASE_PASSWORD" \
        --set name="meterlog_$name" <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name" template template0 encoding 'UTF8';
revoke connect on database :"name" from public;
SQL
done
