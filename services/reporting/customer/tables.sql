-- Accounts with their calendar, and what they have subscribed to. Accounts, charges, invoices and payments of one account
-- live in the same partition number of their topics.

create table account_row (
  partition    int  not null,
  account_id   text not null,
  name         text not null, details text,   -- sealed
  currency     text not null,
  cycle_id     text not null,
  frequency    text not null,
  anchor_day   int  not null,
  anchor_month int,
  counts_from  date,
  time_zone    text not null,
  tax_rate     numeric not null,
  opened_on    date not null,
  period_start date,
  period_end   date,
  opened_at    timestamptz not null,
  -- Every calendar it has had, in order, and the one it goes over to: by them usage is placed in its periods.
  calendar      jsonb not null,
  next_calendar jsonb,
  parent_id    text,
  held_reason  text,
  held_until   date,
  closed_on    date,
  renamed_at   timestamptz,
  primary key (partition, account_id)
);
create index account_row_renamed on account_row (renamed_at) where renamed_at is not null;
create index account_row_id on account_row (account_id);
-- For ids that people begin to type, in any case.
create index account_row_begins on account_row (lower(account_id) collate "C");

-- Accounts by the day on which they were opened.
create table account_day (
  partition int not null, day date not null, currency text not null, accounts bigint not null,
  primary key (partition, day, currency)
);

create table subscription_row (
  partition int not null, subscription_id text not null, account_id text not null, plan_id text not null,
  starts date not null, ends date,
  primary key (partition, subscription_id)
);
create index subscription_row_id on subscription_row (subscription_id);
create index subscription_row_begins on subscription_row (lower(subscription_id) collate "C");
create index subscription_row_account on subscription_row (account_id);

-- Subscriptions as they began are above; here is which plan they have from which day, and, without a plan, their end.
create table subscription_change_row (
  partition int not null, change_id text not null, subscription_id text not null, plan_id text,
  starts date not null, seq bigint not null, cancelled boolean not null,
  primary key (partition, change_id)
);
create index subscription_change_row_subscription on subscription_change_row (partition, subscription_id, starts, seq)
  where not cancelled;

create table cycle_row (
  partition int not null, cycle_id text not null,
  name      text not null,
  primary key (partition, cycle_id)
);
