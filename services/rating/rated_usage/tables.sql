-- Rated usage, for ever: per local day of the account. `quantity` in 1e-6 units; `positions` says which records they are,
-- packed (lineage.py): from here Explain finds them in the log of usage. One row for both, since each costs the hot path an
-- upsert; pages keep room, so that adding to a row moves neither it nor its index entries. `withdrawn` are records that were
-- retracted before they were charged, packed likewise.
create table usage_day (
    partition       integer not null,
    account_id      text    not null,
    subscription_id text    not null,
    meter           text    not null,
    plan_id         text    not null,
    plan_version    integer not null,
    period_start    date    not null,
    day             date    not null,
    quantity        numeric not null,
    records         bigint  not null,
    positions       bytea   storage external not null,
    withdrawn       bytea   not null default '',
    primary key (partition, subscription_id, meter, day, plan_version, plan_id)
) with (fillfactor = 70);

-- The same of usage that came late for a closed period (R34), for each period whose close charges it: `billed_in` is the
-- first day of that one. `credited` are records of earlier charges that are taken back with it.
create table late_usage_day (
    partition       integer not null,
    account_id      text    not null,
    subscription_id text    not null,
    meter           text    not null,
    plan_id         text    not null,
    plan_version    integer not null,
    period_start    date    not null,
    day             date    not null,
    billed_in       date    not null,
    quantity        numeric not null,
    records         bigint  not null,
    positions       bytea   storage external not null,
    withdrawn       bytea   not null default '',
    credited        bytea   not null default '',
    primary key (partition, subscription_id, meter, day, plan_version, plan_id, billed_in)
);
