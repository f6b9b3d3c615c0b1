-- The read side of rating, built from rating.events alone. Every row is written by the partition it names.

create table billing_cycle_row (
    partition  integer     not null,
    cycle_id   text        not null,
    name       text        not null,
    terms      jsonb       not null,
    defined_at timestamptz not null,
    primary key (partition, cycle_id)
);
create index billing_cycle_by_id on billing_cycle_row (cycle_id);

-- A draft has no effective_from; a published version never changes again.
create table plan_version_row (
    partition      integer     not null,
    plan_id        text        not null,
    version        integer     not null,
    name           text        not null,
    currency       text        not null,
    prices         jsonb       not null,
    drafted_at     timestamptz not null,
    effective_from date,
    published_at   timestamptz,
    primary key (partition, plan_id, version)
);
create index plan_version_by_id on plan_version_row (plan_id, version);

-- `name` and `details` are sealed. The open period is null before the first subscription; `closed_before` while nothing was closed.
create table account_row (
    partition     integer     not null,
    account_id    text        not null,
    name          text        not null,
    currency      text        not null,
    cycle_id      text        not null,
    terms         jsonb       not null,
    tax_rate      numeric     not null,
    opened_on     date        not null,
    opened_at     timestamptz not null,
    details       text,
    period_start  date,
    period_end    date,
    closed_before date,
    primary key (partition, account_id)
);
create index account_by_id on account_row (account_id);
create index account_by_beginning on account_row (lower(account_id) collate "C");
create index account_by_cycle on account_row (cycle_id);

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

create table closed_period (
    partition    integer     not null,
    account_id   text        not null,
    period_start date        not null,
    period_end   date        not null,
    lines        integer     not null,
    sum          numeric     not null,
    currency     text        not null,
    closed_at    timestamptz not null,
    primary key (partition, account_id, period_start)
);

-- `quantity` in the unit of the meter. `seq` is the ChargeFixed event: a charge is cited as rating/<partition>/<seq>.
create table charge_row (
    partition       integer     not null,
    charge_id       text        not null,
    account_id      text        not null,
    billing_start   date        not null,
    billing_end     date        not null,
    n               integer     not null,
    kind            text        not null,
    subscription_id text        not null,
    plan_id         text        not null,
    plan_version    integer     not null,
    price_index     integer     not null,
    description     text        not null,
    period_start    date        not null,
    period_end      date        not null,
    amount          numeric     not null,
    unrounded       numeric     not null,
    currency        text        not null,
    meter           text,
    unit            text,
    quantity        numeric,
    records         bigint      not null,
    covered_records bigint      not null,
    fraction        text,
    steps           jsonb       not null,
    seq             bigint      not null,
    fixed_at        timestamptz not null,
    primary key (partition, charge_id)
);
create index charge_by_id on charge_row (charge_id);
create index charge_by_account on charge_row (account_id, period_start);
create index charge_by_subscription on charge_row (subscription_id, meter, billing_start);

-- Rated usage, for ever: per local day of the account. `quantity` in 1e-6 units; `positions` says which records they are,
-- packed (lineage.py): from here Explain finds them in the log of usage. One row for both, since each costs the hot path an
-- upsert; pages keep room, so that adding to a row moves neither it nor its index entries.
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
    primary key (partition, subscription_id, meter, day, plan_version)
) with (fillfactor = 70);
