-- What subscriptions said of themselves that recurring revenue goes by: their start, other plans and quantities, their end.
create table recurring_term_row (
  partition       int     not null,
  change_id       text    not null,
  account_id      text    not null,
  subscription_id text    not null,
  kind            text    not null,
  day             date    not null,
  plan_id         text    not null,
  plan_version    int     not null,
  quantity        int     not null,
  seq             bigint  not null,
  cancelled       boolean not null,
  primary key (partition, change_id)
);
create index recurring_term_account on recurring_term_row (partition, account_id);

-- What that comes to: a row for each day on which a subscription changed. Without a plan before it began to count, without
-- one behind it ended. Version 0 follows the plan. `frequency` is the account's cycle, for prices that follow that.
create table recurring_change_row (
  partition       int     not null,
  subscription_id text    not null,
  day             date    not null,
  account_id      text    not null,
  movement        text    not null,
  currency        text    not null,
  frequency       text    not null,
  plan_before     text    not null,
  version_before  int     not null,
  quantity_before int     not null,
  plan_id         text    not null,
  plan_version    int     not null,
  quantity        int     not null,
  accounts        int     not null,
  primary key (partition, subscription_id, day)
);
create index recurring_change_account on recurring_change_row (partition, account_id);
create index recurring_change_day on recurring_change_row (day desc, subscription_id desc);

-- The same by day, counted: changes that are alike, and how many accounts began or ceased to have any subscription.
create table recurring_day (
  partition       int     not null,
  day             date    not null,
  movement        text    not null,
  currency        text    not null,
  frequency       text    not null,
  plan_before     text    not null,
  version_before  int     not null,
  quantity_before int     not null,
  plan_id         text    not null,
  plan_version    int     not null,
  quantity        int     not null,
  changes         bigint  not null,
  accounts        bigint  not null,
  primary key (partition, day, movement, currency, frequency, plan_before, version_before, quantity_before, plan_id,
               plan_version, quantity)
);
create index recurring_day_empty on recurring_day (partition) where changes = 0;

-- Versions of plans with the days on which they are in force; the first one stands for all days before it, too.
create view plan_in_force as
select plan_id, version, recurring,
       case when n = 1 then date '-infinity' else effective_from end as since,
       coalesce(lead(effective_from) over (partition by plan_id order by n), date 'infinity') as until,
       lag(version) over (partition by plan_id order by n) as version_before
  from (select *, row_number() over (partition by plan_id order by effective_from, version) as n
          from plan_row where effective_from is not null) as published;
