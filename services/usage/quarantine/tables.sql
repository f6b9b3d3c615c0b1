-- What the records of an event were, one row an event: to say what rating gives back, to recycle, and to retract, also all
-- of a batch. JSON, see rows.py. By `resources`, `earliest` and `latest` guided records of a resource are found
-- (resource_filter.py).
create table returnable (
    partition   integer     not null,
    seq         bigint      not null,
    records     bytea       not null,
    batch_id    text,
    recorded_at timestamptz not null,
    resources   bytea       not null,
    earliest    timestamptz,
    latest      timestamptz,
    primary key (partition, seq)
);
create index returnable_by_time on returnable (partition, recorded_at);
create index returnable_by_batch on returnable (batch_id, partition, seq) where batch_id is not null;
-- Written often, read almost never: not worth the time of compressing.
alter table returnable alter column records set storage external;
alter table returnable alter column resources set storage external;

-- Records that wait for a person. `sort_key` is of an address or a number, so that a prefix is a range. `item` is the index in the event's records; -1, -2, ... in what it set aside.
create table quarantine (
    partition       integer     not null,
    seq             bigint      not null,
    item            integer     not null,
    id              text        not null,
    source          text        not null,
    resource        text,
    meter           text,
    quantity        numeric,
    started_at      timestamptz,
    reason          text        not null,
    detail          text,
    account_id      text,
    subscription_id text,
    batch_id        text,
    raw             text,
    recorded_at     timestamptz not null,
    sort_key        text,
    primary key (partition, seq, item)
);
create index quarantine_by_time on quarantine (recorded_at);
create index quarantine_by_reason on quarantine (reason, recorded_at);
create index quarantine_by_id on quarantine (id);
create index quarantine_by_resource on quarantine (resource, seq);
create index quarantine_by_sort_key on quarantine (partition, sort_key collate "C") where sort_key is not null;
create index quarantine_by_unknown_source on quarantine (source, seq) where reason = 'unknown_source';
