-- How fast lines are, in kbit/s. One that was deleted has `deleted_at`, and its row until its id is given again.
create table bandwidth_profile_row (
    partition       integer     not null,
    profile_id      text        not null,
    name            text        not null,
    down_kbps       integer     not null,
    up_kbps         integer     not null,
    burst_down_kbps integer,
    burst_up_kbps   integer,
    burst_s         integer,
    description     text,
    version         integer     not null,
    defined_at      timestamptz not null,
    deleted_at      timestamptz,
    primary key (partition, profile_id)
);
create index bandwidth_profile_by_id on bandwidth_profile_row (profile_id);
