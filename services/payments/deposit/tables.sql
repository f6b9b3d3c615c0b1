-- Deposits, written by the partition of their account.
create table deposit_row (
    partition    integer not null,
    deposit_id   text    not null,
    account_id   text    not null,
    currency     text    not null,
    amount       numeric not null,
    purpose      text    not null,
    note         text    not null,
    requested_on date    not null,
    due_on       date,
    status       text    not null,
    held         numeric not null,
    applied      numeric not null,
    returned     numeric not null,
    method       text,
    received_on  date,
    reference    text,
    recorded_at  timestamptz not null,
    version      integer not null,
    primary key (partition, deposit_id)
);
create index deposit_row_id on deposit_row (deposit_id);
create index deposit_row_account on deposit_row (account_id, requested_on, deposit_id);
create index deposit_row_requested on deposit_row (requested_on, deposit_id);
