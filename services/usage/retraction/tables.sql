-- What was asked for, in each partition with records of it; `more`: pages follow.
create table retraction (
    partition   integer     not null,
    id          text        not null,
    reason      text        not null,
    note        text,
    batch_id    text,
    actor       text,
    more        boolean     not null,
    recorded_at timestamptz not null,
    primary key (partition, id)
);
create index retraction_by_time on retraction (recorded_at);

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
