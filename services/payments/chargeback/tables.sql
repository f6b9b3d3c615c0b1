-- Chargebacks of payments, written by the partition of their account.
create table chargeback_row (
    partition     integer not null,
    chargeback_id text    not null,
    payment_id    text    not null,
    account_id    text    not null,
    currency      text    not null,
    amount        numeric not null,
    paid_back_before numeric not null,
    owed_as       text,
    fee           numeric not null,
    reason        text    not null,
    note          text    not null,
    external_key  text,
    received_on   date    not null,
    status        text    not null,
    recorded_by   text,
    recorded_at   timestamptz not null,
    reversed_on   date,
    reversal_reason text,
    fee_returned  numeric not null,
    primary key (partition, chargeback_id)
);
create index chargeback_row_id on chargeback_row (chargeback_id);
create index chargeback_row_payment on chargeback_row (payment_id, received_on, chargeback_id);
