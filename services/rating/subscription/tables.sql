-- Subscriptions as they began.
create table subscription_row (
    partition       integer     not null,
    subscription_id text        not null,
    account_id      text        not null,
    plan_id         text        not null,
    starts_on       date        not null,
    ends_on         date,
    parent_id       text,
    started_at      timestamptz not null,
    primary key (partition, subscription_id)
);
create index subscription_by_id on subscription_row (subscription_id);
create index subscription_by_account on subscription_row (account_id);
create index subscription_by_plan on subscription_row (plan_id);
create index subscription_by_parent on subscription_row (parent_id) where parent_id is not null;

-- What changes of them, those of a day in the order of `seq`. `plan_id` is that of a change of plan.
create table subscription_change_row (
    partition       integer     not null,
    change_id       text        not null,
    subscription_id text        not null,
    kind            text        not null,
    effective_on    date        not null,
    plan_id         text,
    seq             bigint      not null,
    recorded_at     timestamptz not null,
    cancelled       boolean     not null,
    primary key (partition, change_id)
);
create index change_by_subscription on subscription_change_row (partition, subscription_id, effective_on, seq) where not cancelled;
create index change_by_plan on subscription_change_row (plan_id) where kind = 'plan' and not cancelled;
