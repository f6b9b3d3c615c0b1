-- Every record counted of the last 35 days, by its dedupe key (admission.py): keys of one day lie together, in the order of their ids.
create table dedupe_key (
    partition integer not null,
    key       bytea   not null,
    content   bytea   not null,
    primary key (partition, key)
);

-- What an HTTP request of the last 35 days left in each partition.
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
create index batch_recorded on batch (partition, recorded_at);
