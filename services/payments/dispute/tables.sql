-- Disputes of invoices, written by the partition of their account.
create table dispute_row (
    partition   integer not null,
    dispute_id  text    not null,
    invoice_id  text    not null,
    account_id  text    not null,
    currency    text    not null,
    amount      numeric not null,
    accepted    numeric not null,
    covered     numeric not null,
    status      text    not null,
    reason      text    not null,
    note        text    not null,
    opened_on   date    not null,
    opened_by   text,
    recorded_at timestamptz not null,
    resolved_on date,
    resolution  text,
    primary key (partition, dispute_id)
);
create index dispute_row_invoice on dispute_row (invoice_id, opened_on);
create index dispute_row_account on dispute_row (account_id, opened_on);
create index dispute_row_day on dispute_row (opened_on, dispute_id);
