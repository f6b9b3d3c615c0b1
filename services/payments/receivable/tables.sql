-- An issued invoice as something owed; `open` is what is not paid yet. Written by the partition of its account.
create table receivable_row (
    partition  integer not null,
    invoice_id text    not null,
    account_id text    not null,
    number     text    not null,
    currency   text    not null,
    amount     numeric not null,
    open       numeric not null,
    issued_on  date    not null,
    due_on     date    not null,
    credited   numeric not null,
    written_off  numeric not null,
    disputed   numeric not null,
    kind       text    not null,
    withdrawn  boolean not null,
    recorded_at  timestamptz not null,
    withdrawn_on date,
    withdrawn_at timestamptz,
    primary key (partition, invoice_id)
);
create index receivable_row_account on receivable_row (account_id, due_on);
create index receivable_row_invoice on receivable_row (invoice_id);
create index receivable_row_due on receivable_row (partition, due_on, invoice_id) where open > 0 and not withdrawn;
create index receivable_row_disputed on receivable_row (due_on, invoice_id) where disputed > 0;
