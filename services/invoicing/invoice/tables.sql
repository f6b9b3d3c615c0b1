-- Invoices and their lines, written by the partition of the account; rows.py says what the columns mean.

create table invoice_row (
    partition    integer not null,
    invoice_id   text    not null,
    account_id   text    not null,
    currency     text    not null,
    status       text    not null,
    agrees       boolean,
    period_start date    not null,
    period_end   date    not null,
    net          numeric not null,
    tax          numeric,
    total        numeric,
    tax_groups   jsonb,
    allowances   jsonb,
    number       text,
    issued_on    date,
    due_on       date,
    cycle_id     text,
    credit_applied numeric,
    amount_due     numeric,
    name         text,
    details      text,
    seller       jsonb,
    legal_entity text,
    proof        jsonb,
    run_id       text,
    demand_id    text,
    carried_into text,
    passed_to    text,
    passed_into  text,
    credited_by  jsonb,
    replaces     text,
    replaced_by  text,
    void_pending boolean not null,
    void_refused numeric,
    void_reason  text,
    voided_on    date,
    issued_at    timestamptz,
    kind         text    not null default 'invoice',
    corrects     text,
    reason       text,
    note         text    not null default '',
    approval            text,
    approval_version    integer,
    approval_asked_by   text,
    approval_by         text,
    approval_reason     text,
    clearance           text not null default 'none',
    clearance_authority text,
    clearance_reference text,
    clearance_reason    text,
    clearance_at        timestamptz,
    version      integer not null,
    seq          bigint  not null,
    -- The id first: it is looked up without its partition too, and one index does for both.
    primary key (invoice_id, partition)
) with (fillfactor = 60);
create index invoice_row_account on invoice_row (account_id);
create index invoice_row_run on invoice_row (run_id) where run_id is not null;
create index invoice_row_debit on invoice_row (issued_on, invoice_id) where kind = 'debit_note';
create index invoice_row_corrects on invoice_row (corrects) where corrects is not null;

create table invoice_line (
    partition  integer not null,
    invoice_id text    not null,
    n          integer not null,
    charge_id  text,
    line       jsonb   not null,
    primary key (invoice_id, n, partition)
);
create index invoice_line_charge on invoice_line (charge_id);
