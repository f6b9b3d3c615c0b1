-- SEPA mandates, written by the partition of the account.
create table mandate_row (
    partition     integer not null,
    mandate_id    text    not null,
    account_id    text    not null,
    method_id     text    not null,
    kind          text    not null,
    scheme        text    not null,
    status        text    not null,
    registered_on date    not null,
    signed_on     date,
    debits        bigint  not null,
    used_on       date,
    over_on       date,
    reason        text    not null,
    recorded_at   timestamptz not null,
    primary key (partition, mandate_id)
);
create index mandate_row_id on mandate_row (mandate_id);
create index mandate_row_account on mandate_row (account_id, recorded_at);
