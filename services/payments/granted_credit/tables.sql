-- Credits that were granted, written by the partition of their account.
create table granted_credit_row (
    partition    integer not null,
    credit_id    text    not null,
    account_id   text    not null,
    currency     text    not null,
    amount       numeric not null,
    unallocated  numeric not null,
    reason       text    not null,
    note         text    not null,
    granted_on   date    not null,
    expires_on   date,
    granted_by   text,
    recorded_at  timestamptz not null,
    ended        text,
    ended_on     date,
    ended_at     timestamptz,
    ended_reason text,
    taken_back   numeric not null,
    version      integer not null,
    primary key (partition, credit_id)
);
create index granted_credit_row_account on granted_credit_row (account_id, granted_on, credit_id);
