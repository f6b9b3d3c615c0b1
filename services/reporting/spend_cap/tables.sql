-- Spend alerts that cap: which was reached last in which period of its account, from `reached_start` on. A cap asks for
-- attention while that period is open and nobody has removed it.
create table spend_cap_row (
  partition     int     not null,
  alert_id      text    not null,
  account_id    text    not null,
  reached_start date    not null,
  primary key (partition, alert_id)
);
create index spend_cap_account on spend_cap_row (partition, account_id);

create view capped_account as
select distinct a.partition, a.account_id
  from spend_cap_row c
  join account_row a on a.partition = c.partition and a.account_id = c.account_id
 where a.period_start = c.reached_start;
