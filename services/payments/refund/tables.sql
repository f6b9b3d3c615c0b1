-- Refunds of payments, written by the partition of their account. `claim` names the process that calls the gateway.
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
    way          text,
    status       text    not null,
    gateway      text    not null,
    charge       text    not null,
    claim        text    not null,
    outcome      text    not null,
    reference    text    not null,
    code         text    not null,
    statement_key text   not null,
    paid_on      date,
    late         boolean not null,
    moved_at     timestamptz not null,
    primary key (partition, refund_id)
);
create index refund_row_id on refund_row (refund_id);
create index refund_row_payment on refund_row (payment_id, recorded_at, refund_id);
create index refund_row_account on refund_row (account_id, recorded_at);
create index refund_row_recorded on refund_row (recorded_at, refund_id);
create index refund_row_open on refund_row (status, recorded_at, refund_id) where status in ('requested', 'sent');
create index refund_row_called on refund_row (partition, refund_id)
    where way = 'gateway' and status in ('requested', 'sent');
create index refund_row_statement on refund_row (statement_key);
