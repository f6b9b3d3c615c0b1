-- Dunning policies in their newest version. Reference data, written by partition 0.
create table dunning_policy_row (
    partition  integer     not null,
    policy_id  text        not null,
    name       text        not null,
    terms      jsonb       not null,
    version    integer     not null,
    defined_at timestamptz not null,
    deleted_at timestamptz,
    primary key (partition, policy_id)
);

-- What every version says, for the cases that opened by it.
create table dunning_version_row (
    partition integer not null,
    policy_id text    not null,
    version   integer not null,
    terms     jsonb   not null,
    primary key (partition, policy_id, version)
);

-- The operator's policy: one row.
create table dunning_default_row (
    partition integer not null,
    setting   text    not null,
    policy_id text,
    primary key (partition, setting)
);
