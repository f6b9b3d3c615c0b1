-- Refunds of payments, written by the partition of their account.
create table refund_row (
    partition    integer not null,
    refund_id    text    not null,
    payment_id   text    not null,
    account_id   text    not null,
    currency     text    not null,
    amount       numeric not null,
    method       text    not null,
    reason       text    not null,
    note         text    not null,
    external_key text,
    adjusts      boolean not null,
    refunded_on  date    not null,
    refunded_by  text,
    recorded_at  timestamptz not null,
    primary key (partition, refund_id)
);
create index refund_row_id on refund_row (refund_id);
create index refund_row_payment on refund_row (payment_id, recorded_at, refund_id);
