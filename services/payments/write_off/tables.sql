-- What was written off, by invoice; written by the partition of its account.
create table write_off_row (
    partition      integer not null,
    write_off_id   text    not null,
    invoice_id     text    not null,
    account_id     text    not null,
    currency       text    not null,
    amount         numeric not null,
    recovered      numeric not null,
    reason_code    text    not null,
    note           text    not null,
    rounding       boolean not null,
    written_off_on date    not null,
    written_off_by text,
    recorded_at    timestamptz not null,
    recovered_on   date,
    primary key (partition, write_off_id, invoice_id)
);
create index write_off_row_id on write_off_row (write_off_id);
create index write_off_row_account on write_off_row (account_id, written_off_on);
create index write_off_row_day on write_off_row (written_off_on, write_off_id, invoice_id);
