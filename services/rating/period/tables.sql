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

-- `quantity` in the unit of the meter; `meters`: its records by meter, where there are others. `seq` is the ChargeFixed event: a charge is cited as rating/<partition>/<seq>.
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
    meters          jsonb       not null,
    settles_start   date,
    settles_end     date,
    fraction        text,
    steps           jsonb       not null,
    item            text,
    corrects        jsonb       not null,
    cause           text,
    evidence        jsonb,
    tax_class       text,
    includes_tax    boolean not null,
    seq             bigint      not null,
    fixed_at        timestamptz not null,
    primary key (partition, charge_id)
);
create index charge_by_id on charge_row (charge_id);
create index charge_by_account on charge_row (account_id, period_start);
create index charge_by_version on charge_row (partition, plan_id, plan_version, account_id, period_start);
create index charge_by_subscription on charge_row (subscription_id, meter, billing_start);
-- One for each order of the list.
create index charge_by_fixed on charge_row (fixed_at, charge_id);
create index charge_by_period on charge_row (period_start, charge_id);
create index charge_by_billing on charge_row (billing_start, charge_id);
create index charge_by_billing_fixed on charge_row (billing_start, fixed_at);
create index charge_by_amount on charge_row (amount, charge_id);
create index charge_by_plan on charge_row (plan_id, fixed_at);

-- The charges that are alike in these columns, counted and summed: what the totals of a list are made of.
create table charge_sum (
    partition     integer not null,
    currency      text    not null,
    kind          text    not null,
    plan_id       text    not null,
    meter         text,
    billing_start date    not null,
    period_start  date    not null,
    counted       bigint  not null,
    amount        numeric not null
);
create unique index charge_sum_alike on charge_sum
    (partition, currency, kind, plan_id, meter, billing_start, period_start) nulls not distinct;
create trigger charge_added after insert on charge_row referencing new table as now_so
    for each statement execute function meterlog.keep_sums(
        'charge_sum', 'partition, currency, kind, plan_id, meter, billing_start, period_start', 'amount');
