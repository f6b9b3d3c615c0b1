-- Late-fee policies, in partition 0; `terms` are those of the newest version.
create table late_fee_policy_row (
    partition  integer     not null,
    policy_id  text        not null,
    name       text        not null,
    currency   text,
    terms      jsonb       not null,
    version    integer     not null,
    defined_at timestamptz not null,
    deleted_at timestamptz,
    primary key (partition, policy_id)
);
create index late_fee_policy_by_id on late_fee_policy_row (policy_id);
