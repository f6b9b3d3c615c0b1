-- Whose a resource is in [valid_from, valid_to), open-ended when null; with the account, so that a walk finds it at home.
create table assigned_resource (
    partition       integer     not null,
    resource_id     text        not null,
    valid_from      timestamptz not null,
    valid_to        timestamptz,
    account_id      text        not null,
    subscription_id text        not null,
    primary key (partition, resource_id, valid_from)
);
create index assigned_resource_by_id on assigned_resource (resource_id);
create index assigned_resource_by_subscription on assigned_resource (subscription_id);
