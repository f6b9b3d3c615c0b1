-- What was asked for, in each partition with records of it; `more`: pages follow. Where a resource was reassigned all of
-- `partitions` have such a row in the end.
create table retraction (
    partition   integer     not null,
    id          text        not null,
    reason      text        not null,
    note        text,
    batch_id    text,
    actor       text,
    more        boolean     not null,
    recorded_at timestamptz not null,
    resource_id text,
    partitions  integer,
    primary key (partition, id)
);
create index retraction_by_time on retraction (recorded_at, id);
create index retraction_by_id on retraction (id, recorded_at, partition);
create index retraction_by_batch on retraction (batch_id, recorded_at) where batch_id is not null;
create index retraction_by_resource on retraction (resource_id, recorded_at) where resource_id is not null;
create index retraction_open on retraction (id) where more;

-- Of which sources the records of a retraction are.
create table retraction_source (
    partition integer not null,
    source    text    not null,
    id        text    not null,
    primary key (partition, source, id)
);
create index retraction_source_by_source on retraction_source (source, id);

-- Of the few records that are no longer simply counted where they were recorded: what has become of them (state.py).
create table record_standing (
    partition     integer not null,
    seq           bigint  not null,
    item          integer not null,
    status        text    not null,
    retraction_id text    not null,
    parked        text,
    moved_to      text,
    corrected     boolean not null,
    refusal       text,
    primary key (partition, seq, item)
);
create index record_standing_by_retraction on record_standing (retraction_id, partition, seq, item);
create index record_standing_open on record_standing (retraction_id) where status in ('retracting', 'restoring');
