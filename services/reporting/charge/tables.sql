-- What rating has charged, and which billing periods are billed by it.

-- `quantity` in the unit of the meter; the billing period is the one that was closed, the period the line's own. `meters`:
-- records by meter, where there are others than `meter`; `settles_start`: of late usage the billing period it belongs to.
create table charge_row (
  partition       int     not null,
  charge_id       text    not null,
  account_id      text    not null,
  subscription_id text    not null,
  plan_id         text    not null,
  plan_version    int     not null,
  kind            text    not null,
  meter           text,
  billing_start   date    not null,
  billing_end     date    not null,
  period_start    date    not null,
  period_end      date    not null,
  quantity        numeric,
  records         bigint  not null,
  covered_records bigint  not null,
  meters          jsonb   not null,
  settles_start   date,
  amount          numeric not null,
  currency        text    not null,
  primary key (partition, charge_id)
);
create index charge_row_usage on charge_row (subscription_id, meter, billing_start);
create index charge_row_billing on charge_row (billing_start);

-- The (subscription, meter, billing period)s that have at least one charge: their records are billed. `covered`: included
-- units cover all of them; null while no charge has records. `begins` and `finishes` are its instants where the account is:
-- computed here, since Postgres may know other time zones than the one that rated.
create table billed_period (
  partition int not null, subscription_id text not null, meter text not null, starts date not null,
  ends      date not null, begins timestamptz not null, finishes timestamptz not null,
  covered   boolean,
  primary key (partition, subscription_id, meter, starts)
);

-- The same of what came late for a billing period, by the period that it was charged with.
create table late_billed_period (
  partition int not null, subscription_id text not null, meter text not null, starts date not null,
  billed_in date not null,
  covered   boolean,
  primary key (partition, subscription_id, meter, starts, billed_in)
);
