-- The runtime's own tables in each generation, built from the log like all others.

-- The state of the deciders: one row per state. Under load thousands are replaced with each batch: pages keep room for
-- the next ones, so that a row stays in its page and its index entry as it is.
create table state (
    partition integer not null,
    kind      text    not null,
    key       text    not null,
    body      bytea   not null,
    primary key (partition, kind, key)
) with (fillfactor = 60);

-- Timers that are still open.
create table due (
    partition    integer     not null,
    name         text        not null,
    gate         text        not null,
    due_at       timestamptz not null,
    command_type text        not null,
    command      bytea       not null,
    primary key (partition, name)
);
-- In the order in which they are sent, so that the first of very many of one midnight are found without sorting all.
create index due_next on due (partition, gate, due_at, name);

-- What became of a command, for 35 days. `seq` is the last event it caused here.
create table command_result (
    command_id  text        not null,
    partition   integer     not null,
    status      text        not null,
    final       boolean     not null,
    seq         bigint      not null,
    subject     text        not null,
    code        text,
    detail      text,
    pointer     text,
    http_status integer,
    recorded_at timestamptz not null,
    primary key (command_id, partition)
);
-- Rows come in the order of time: an index of their blocks costs next to nothing, and finds those to drop.
create index command_result_by_age on command_result using brin (recorded_at);
