-- Rated usage, for ever: per local day of the account. `quantity` in 1e-6 units; `positions` says which records they are,
-- packed (lineage.py): from here Explain finds them in the log of usage. One row for both, since each costs the hot path an
-- upsert; pages keep room, so that adding to a row moves neither it nor its index entries. Positions that fill a page go
-- to usage_day_page (record_pages.py). `withdrawn` are records that were retracted before they were charged, packed likewise.
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
    pages           integer not null default 0,
    withdrawn       bytea   not null default '',
    primary key (partition, subscription_id, meter, day, plan_version, plan_id)
) with (fillfactor = 70);

-- Full pages of positions, those before the ones in the row: `n` from 0, as many as its `pages`.
create table usage_day_page (
    partition       integer not null,
    subscription_id text    not null,
    meter           text    not null,
    day             date    not null,
    plan_version    integer not null,
    plan_id         text    not null,
    n               integer not null,
    records         integer not null,
    positions       bytea   storage external not null,
    primary key (partition, subscription_id, meter, day, plan_version, plan_id, n)
);

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
    pages           integer not null default 0,
    withdrawn       bytea   not null default '',
    credited        bytea   not null default '',
    primary key (partition, subscription_id, meter, day, plan_version, plan_id, billed_in)
);

create table late_usage_day_page (
    partition       integer not null,
    subscription_id text    not null,
    meter           text    not null,
    day             date    not null,
    plan_version    integer not null,
    plan_id         text    not null,
    billed_in       date    not null,
    n               integer not null,
    records         integer not null,
    positions       bytea   storage external not null,
    primary key (partition, subscription_id, meter, day, plan_version, plan_id, billed_in, n)
);
