create table subscription_row (
    partition       integer     not null,
    subscription_id text        not null,
    account_id      text        not null,
    plan_id         text        not null,
    starts_on       date        not null,
    ends_on         date,
    started_at      timestamptz not null,
    primary key (partition, subscription_id)
);
create index subscription_by_id on subscription_row (subscription_id);
create index subscription_by_account on subscription_row (account_id);
create index subscription_by_plan on subscription_row (plan_id);
