-- Credit notes, and what they paid of other invoices than their own. Written by the partition of their account.
create table credit_note_row (
    partition      integer not null,
    credit_note_id text    not null,
    number         text    not null,
    account_id     text    not null,
    invoice_id     text    not null,
    currency       text    not null,
    amount         numeric not null,
    applied        numeric not null,
    unallocated    numeric not null,
    issued_on      date    not null,
    recorded_at    timestamptz not null,
    primary key (partition, credit_note_id)
);
create index credit_note_row_account on credit_note_row (account_id);

create table credit_allocation_row (
    partition      integer not null,
    seq            bigint  not null,
    credit_note_id text    not null,
    invoice_id     text    not null,
    amount         numeric not null,
    currency       text    not null,
    granted        boolean not null,
    recorded_at    timestamptz not null,
    primary key (partition, seq)
);
create index credit_allocation_row_invoice on credit_allocation_row (invoice_id);
create index credit_allocation_row_granted on credit_allocation_row (partition, credit_note_id, seq) where granted;
