-- The accounts that can owe and pay. A row is written by the partition of its account.

create table payer_row (
    partition  integer not null,
    account_id text    not null,
    currency   text    not null,
    time_zone  text    not null,
    opened_at  timestamptz not null,
    allocation text,
    primary key (partition, account_id)
);
create index payer_row_account on payer_row (account_id);
