-- Adjustments, written by the partition of their account.
create table adjustment_row (
    partition     integer not null,
    adjustment_id text    not null,
    account_id    text    not null,
    direction     text    not null,
    number        text    not null,
    currency      text    not null,
    amount        numeric not null,
    reason_code   text    not null,
    note          text    not null,
    invoice_id    text,
    due_on        date    not null,
    adjusted_on   date    not null,
    adjusted_by   text,
    recorded_at   timestamptz not null,
    primary key (partition, adjustment_id)
);
create index adjustment_row_account on adjustment_row (account_id, adjusted_on, adjustment_id);
