-- What invoicing shows, projected from invoicing.events alone. A row is written by the partition of its account, a
-- cycle by partition 0, a run by the partition of its id, and a page of a run by the partition that walked it.

create table billing_cycle (
    partition integer not null,
    cycle_id  text    not null,
    name      text    not null,
    primary key (partition, cycle_id)
);

create table bill_profile (
    partition      integer not null,
    account_id     text    not null,
    name           text    not null,   -- sealed
    currency       text    not null,
    tax_rate       numeric not null,
    cycle_id       text    not null,
    time_zone      text    not null,
    terms_days     integer not null,
    expected_start date,
    expected_end   date,
    primary key (partition, account_id)
);
create index bill_profile_account on bill_profile (account_id);

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

create table billing_run (
    partition   integer     not null,
    run_id      text        not null,
    target_date date        not null,
    dry_run     boolean     not null,
    partitions  integer     not null,
    cycle_id    text,
    account_ids text[],
    started_at  timestamptz not null,
    started_by  text,
    primary key (partition, run_id)
);
create index billing_run_id on billing_run (run_id);
create index billing_run_started on billing_run (started_at, run_id);

create table billing_run_page (
    partition  integer not null,
    run_id     text    not null,
    page       integer not null,
    accounts   integer not null,
    invoices   integer not null,
    not_closed integer not null,
    failed     integer not null,
    last       boolean not null,
    walked_at  timestamptz not null,
    seq        bigint  not null,
    primary key (partition, run_id, page)
);
create index billing_run_page_run on billing_run_page (run_id);

create table billing_run_result (
    partition  integer not null,
    run_id     text    not null,
    page       integer not null,
    n          integer not null,
    account_id text    not null,
    outcome    text    not null,
    invoice_id text,
    currency   text,
    net        numeric,
    tax        numeric,
    total      numeric,
    reason     text,
    primary key (partition, run_id, page, n)
);
create index billing_run_result_run on billing_run_result (run_id, outcome);
