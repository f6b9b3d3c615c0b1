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
    number       text,
    issued_on    date,
    due_on       date,
    cycle_id     text,
    credit_applied numeric,
    amount_due     numeric,
    name         text,
    details      text,
    seller       jsonb,
    proof        jsonb,
    run_id       text,
    demand_id    text,
    carried_into text,
    passed_to    text,
    passed_into  text,
    replaces     text,
    replaced_by  text,
    void_pending boolean not null,
    void_refused numeric,
    void_reason  text,
    voided_on    date,
    issued_at    timestamptz,
    version      integer not null,
    seq          bigint  not null,
    primary key (partition, invoice_id)
);
create index invoice_row_id on invoice_row (invoice_id);
create index invoice_row_account on invoice_row (account_id);
create index invoice_row_run on invoice_row (run_id) where run_id is not null;

create table invoice_line (
    partition  integer not null,
    invoice_id text    not null,
    n          integer not null,
    charge_id  text,
    line       jsonb   not null,
    primary key (partition, invoice_id, n)
);
create index invoice_line_invoice on invoice_line (invoice_id, n);
create index invoice_line_charge on invoice_line (charge_id);
