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

-- Sums of a table, kept in another beside it, so that the totals of a list of millions read a few rows:
--
--     create trigger charge_added after insert on charge_row referencing new table as now_so
--        for each statement execute function meterlog.keep_sums('charge_sum', 'partition, currency, kind', 'amount');
--
-- Rows that agree in the second argument's columns are one row, with their number in `counted` and the sums of the third's; the
-- sum table has a unique index over the former. It is a function of the rows, whoever writes them: a line of none is deleted, and
-- sums have no superfluous zeros, so that a rebuild gives the same. Of an update `was` is the old table, `now_so` the new one.
create or replace function meterlog.keep_sums() returns trigger language plpgsql as $$
declare
    alike   text := tg_argv[1];
    sums    text[] := string_to_array(tg_argv[2], ', ');
    kept    text := format('%I.%I', tg_table_schema, tg_argv[0]);
    gained  text := format('select %s, 1 as counted, %s from now_so', alike, tg_argv[2]);
    lost    text := format('select %s, -1 as counted, %s from was', alike, (select string_agg('-' || s || ' as ' || s, ', ') from unnest(sums) s));
    moved   text := case tg_op when 'INSERT' then gained when 'DELETE' then lost else lost || ' union all ' || gained end;
begin
    execute format(
        'insert into %1$s as t (%2$s, counted, %3$s)
         select %2$s, sum(counted), %4$s from (%5$s) as moved group by %2$s having sum(counted) <> 0 or %6$s order by %2$s
         on conflict (%2$s) do update set counted = t.counted + excluded.counted, %7$s',
        kept, alike, tg_argv[2],
        (select string_agg(format('trim_scale(sum(%s))', s), ', ') from unnest(sums) s),
        moved,
        (select string_agg(format('sum(%s) <> 0', s), ' or ') from unnest(sums) s),
        (select string_agg(format('%1$s = trim_scale(t.%1$s + excluded.%1$s)', s), ', ') from unnest(sums) s));
    if tg_op <> 'INSERT' then
        execute format('delete from %s where counted = 0', kept);
    end if;
    return null;
end
$$;
