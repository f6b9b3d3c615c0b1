-- Credit notes and their lines, written by the partition of the account; rows.py says what the columns mean.

create table credit_note_row (
    partition         integer not null,
    credit_note_id    text    not null,
    number            text,
    account_id        text    not null,
    invoice_id        text    not null,
    invoice_number    text    not null,
    invoice_issued_on date    not null,
    status            text    not null,
    reason            text    not null,
    note              text    not null,
    issued_on         date,
    period_start      date    not null,
    period_end        date    not null,
    currency          text    not null,
    net               numeric not null,
    tax               numeric not null,
    total             numeric not null,
    tax_groups        jsonb   not null,
    reissued_as       text,
    legal_entity      text,
    seller            jsonb,
    proof             jsonb,
    name              text,
    details           text,
    issued_at         timestamptz,
    seq               bigint  not null,
    primary key (partition, credit_note_id)
);
create index credit_note_row_id on credit_note_row (credit_note_id);
create index credit_note_row_invoice on credit_note_row (invoice_id);
create index credit_note_row_account on credit_note_row (account_id);
create index credit_note_row_issued on credit_note_row (issued_on, credit_note_id);

create table credit_note_line (
    partition      integer not null,
    credit_note_id text    not null,
    place          integer not null,
    invoice_line   integer,
    line           jsonb   not null,
    primary key (partition, credit_note_id, place)
);
create index credit_note_line_note on credit_note_line (credit_note_id, place);
