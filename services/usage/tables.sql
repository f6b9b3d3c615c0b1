-- What usage shows and what its deciders look up. Every row is written by the partition it names.

-- Reference data, in partition 0; the two built-in meters are in no row.
create table meter (
    partition   integer     not null,
    id          text        not null,
    name        text        not null,
    unit        text        not null,
    aggregation text        not null,
    defined_at  timestamptz not null,
    primary key (partition, id)
);

create table resource (
    partition     integer     not null,
    id            text        not null,
    registered_at timestamptz not null,
    version       integer     not null,
    primary key (partition, id)
);
create index resource_by_id on resource (id);
create index resource_by_beginning on resource (lower(id) collate "C");

-- [valid_from, valid_to), open-ended when null.
create table assignment (
    partition       integer     not null,
    resource_id     text        not null,
    valid_from      timestamptz not null,
    valid_to        timestamptz,
    account_id      text        not null,
    subscription_id text        not null,
    primary key (partition, resource_id, valid_from)
);
create index assignment_by_resource on assignment (resource_id, valid_from);
create index assignment_by_account on assignment (account_id);
create index assignment_by_subscription on assignment (subscription_id);

-- Every record ever counted, by its dedupe key (admission.py): keys of one day lie together, in the order of their ids.
create table seen (
    partition integer not null,
    key       bytea   not null,
    content   bytea   not null,
    primary key (partition, key)
);

-- What the records of an event were, one row an event: to say what rating gives back. JSON, see projection/recorded.py.
create table recorded (
    partition integer not null,
    seq       bigint  not null,
    records   bytea   not null,
    primary key (partition, seq)
);
-- Written often, read almost never: not worth the time of compressing.
alter table recorded alter column records set storage external;

-- Records that wait for a person. `place` is the index in the event's records; -1, -2, ... in what it set aside.
create table quarantine (
    partition       integer     not null,
    seq             bigint      not null,
    place           integer     not null,
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
    primary key (partition, seq, place)
);
create index quarantine_by_time on quarantine (recorded_at);
create index quarantine_by_reason on quarantine (reason, recorded_at);
create index quarantine_by_id on quarantine (id);

-- What an HTTP request left in each partition.
create table batch (
    partition   integer     not null,
    id          text        not null,
    received    integer     not null,
    rejected    integer     not null,
    accepted    integer     not null,
    quarantined integer     not null,
    duplicates  integer     not null,
    conflicts   integer     not null,
    recorded_at timestamptz not null,
    primary key (partition, id)
);
create index batch_by_id on batch (id);

-- Bytes that intake could not read, and where in usage.dead of this partition they are. `item` is the index in the event.
create table undecodable (
    partition          integer not null,
    seq                bigint  not null,
    item               integer not null,
    reported_partition integer not null,
    position           bigint  not null,
    dead_offset        bigint  not null,
    primary key (partition, seq, item)
);
