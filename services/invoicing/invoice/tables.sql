-- Invoices and their lines, written by the partition of the account.

-- `status` is draft, locked, issued or carried_forward (into the invoice `carried_into`). `agrees` is null while the draft takes lines, false where its lines and rating's
-- announcement differ. Tax and total are null until locked. `seq` is the number of the invoice's last event.
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
    credit_applied numeric,            -- null until payments has opened the receivable, as amount_due is
    amount_due     numeric,
    name         text,                 -- sealed, as the customer's details are
    details      text,
    seller       jsonb,                -- null for an invoice that is older than this column
    run_id       text,
    carried_into text,
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
    charge_id  text,                   -- null: carried forward from an earlier draft
    line       jsonb   not null,
    primary key (partition, invoice_id, n)
);
create index invoice_line_invoice on invoice_line (invoice_id, n);
create index invoice_line_charge on invoice_line (charge_id);
