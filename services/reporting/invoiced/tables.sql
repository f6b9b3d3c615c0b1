-- What was invoiced, by day of issue. Texts that a line does not have are ''. What a credit note takes back is below zero,
-- on its own day; `amounts` counts discounts, too. An invoice that is void is taken
-- off the day on which it was issued.
create table invoiced_day (
  partition int     not null,
  day       date    not null,
  currency  text    not null,
  kind      text    not null,
  plan_id   text    not null,
  meter     text    not null,
  region    text    not null,
  lines     bigint  not null,
  amounts   bigint  not null,
  net       numeric not null,
  primary key (partition, day, currency, kind, plan_id, meter, region)
);
create index invoiced_day_day on invoiced_day (day);

-- What was taxed, by category (UNTDID 5305) and rate; `document` is invoice or credit_note, whose amounts are above zero.
create table taxed_day (
  partition int     not null,
  day       date    not null,
  currency  text    not null,
  category  text    not null,
  rate      numeric not null,
  document  text    not null,
  documents bigint  not null,
  base      numeric not null,
  tax       numeric not null,
  primary key (partition, day, currency, category, rate, document)
);
create index taxed_day_day on taxed_day (day);

-- Credit notes by the reason that was given.
create table credited_day (
  partition int     not null,
  day       date    not null,
  currency  text    not null,
  reason    text    not null,
  notes     bigint  not null,
  net       numeric not null,
  tax       numeric not null,
  total     numeric not null,
  primary key (partition, day, currency, reason)
);
create index credited_day_day on credited_day (day);

-- What an account was invoiced in a month, a quarter and a year (`months` is 1, 3, 12, `month` the first of them), less what
-- was credited in it. A row is added to until its span is over: pages keep room for it as it is then.
create table invoiced_account (
  partition  int     not null,
  account_id text    not null,
  months     bigint  not null,
  month      date    not null,
  currency   text    not null,
  invoices   bigint  not null,
  net        numeric not null,
  total      numeric not null,
  primary key (partition, account_id, months, month, currency)
) with (fillfactor = 80);
create index invoiced_account_month on invoiced_account (months, month);
