-- The names that equipment knows lines by.
create table resource (
    partition     integer     not null,
    id            text        not null,
    registered_at timestamptz not null,
    version       integer     not null,
    primary key (partition, id)
);
create index resource_by_id on resource (id);
create index resource_by_beginning on resource (lower(id) collate "C");

-- [valid_from, valid_to), open-ended when null; `ends_at` is where the subscription itself ends.
create table assignment (
    partition       integer     not null,
    resource_id     text        not null,
    valid_from      timestamptz not null,
    valid_to        timestamptz,
    account_id      text        not null,
    subscription_id text        not null,
    ends_at         timestamptz,
    primary key (partition, resource_id, valid_from)
);
create index assignment_by_resource on assignment (resource_id, valid_from);
create index assignment_by_account on assignment (account_id);
create index assignment_by_subscription on assignment (subscription_id);
