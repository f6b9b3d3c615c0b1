-- What every database has, whatever its service: where the projection stands, and which generation is shown.

create schema if not exists meterlog;
create schema if not exists durable;

-- P is fixed when a database is made; a process that is told another one refuses to start.
create table if not exists meterlog.installation (
    only_row   boolean primary key default true check (only_row),
    env        text    not null,
    partitions integer not null
);

-- A generation is one build of all projection tables, bound to the hash of their definition. The active one is in schema
-- `live`, one in progress in `gen_<gen>`. `version` is the projection's, in case the hash alone has changed.
create table if not exists meterlog.generation (
    gen    integer primary key,
    hash   text    not null,
    active boolean not null
);
alter table meterlog.generation add column if not exists version integer;

-- How far a topic's partition is applied. `next_offset` is the last applied event's offset + 1 (never a position: commit
-- markers take offsets), `inputs` maps each input topic to [next offset, last seq], `watermarks` each usage source to
-- the instant through which all it sends has arrived. `reference_seq` is the last event that changed a state which
-- other partitions read.
create table if not exists meterlog.checkpoint (
    gen           integer     not null,
    topic         text        not null,
    partition     integer     not null,
    next_offset   bigint      not null default 0,
    next_seq      bigint      not null default 1,
    last_event_id text,
    recorded_at   timestamptz,
    inputs        jsonb       not null default '{}',
    watermarks    jsonb       not null default '{}',
    reference_seq bigint      not null default 0,
    primary key (gen, topic, partition)
);

-- How the last transaction of a partition's previous owner ended, while the next one closes it (settlement.py): brokers
-- forget that with the first producer that is started. There from before that producer until all is closed.
create table if not exists meterlog.finding (
    topic       text    not null,
    partition   integer not null,
    producer_id bigint  not null,
    epoch       integer not null,
    committed   boolean not null,
    primary key (topic, partition)
);

-- Which payload an Idempotency-Key stands for. Not in the log: it is bound before anything is produced.
create table if not exists durable.http_key (
    command_id   text primary key,
    payload_hash text        not null,
    created_at   timestamptz not null default now()
);
create index if not exists http_key_by_age on durable.http_key (created_at);

-- What `meterlog rebuild` and `meterlog verify` found. Not in the log: it is about the log. The newest thousand are kept.
-- `equal` is null where nothing could be compared; `body` holds offsets, tables and differences (rebuild/proof.py).
create table if not exists durable.rebuild_proof (
    proof_id    text        primary key,
    service     text        not null,
    kind        text        not null,
    equal       boolean,
    shown       boolean     not null,
    row_count   bigint      not null,
    digest      text        not null,
    seconds     numeric     not null,
    finished_at timestamptz not null,
    body        jsonb       not null
);
create index if not exists rebuild_proof_by_age on durable.rebuild_proof (finished_at, proof_id);
