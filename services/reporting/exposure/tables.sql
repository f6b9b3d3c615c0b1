-- Accounts with a credit limit or a wallet: how they stand with it, and whether their lines are blocked for it.
create table credit_standing_row (
  partition  int     not null,
  account_id text    not null,
  currency   text    not null,
  watched    boolean not null,
  standing   text    not null,
  available  numeric,
  restricted boolean not null,
  top_up_off boolean not null,
  primary key (partition, account_id)
);
create index credit_standing_over on credit_standing_row (account_id) where standing = 'over' and watched;
create index credit_standing_top_up_off on credit_standing_row (account_id) where top_up_off and watched;
create index credit_standing_restricted on credit_standing_row (account_id) where restricted;
