-- Who collects; written by partition 0.
create table creditor_row (
    partition    integer not null,
    creditor_key text    not null,
    name         text    not null,
    iban         text    not null,
    creditor_id  text    not null,
    bic          text    not null,
    primary key (partition, creditor_key)
);

-- Runs of direct debits, written by the partition of the run.
create table direct_debit_run_row (
    partition       integer not null,
    run_id          text    not null,
    scheme          text    not null,
    collection_date date    not null,
    debits          bigint  not null,
    currency        text    not null,
    total           numeric not null,
    creditor        jsonb   not null,
    status          text    not null,
    booked_on       date,
    recorded_at     timestamptz not null,
    primary key (partition, run_id)
);
create index direct_debit_run_row_id on direct_debit_run_row (run_id);
create index direct_debit_run_row_date on direct_debit_run_row (collection_date, run_id);

-- Their debits, written by the partition of the account. One that was refused has no number and nothing sealed.
create table direct_debit_row (
    partition       integer not null,
    debit_id        text    not null,
    run_id          text    not null,
    account_id      text    not null,
    invoice_id      text    not null,
    number          text    not null,
    mandate_id      text    not null,
    signed_on       date,
    details         text    not null,
    sequence        text    not null,
    currency        text    not null,
    amount          numeric not null,
    collection_date date,
    status          text    not null,
    booked_on       date,
    returned_on     date,
    code            text    not null,
    detail          text    not null,
    primary key (partition, debit_id)
);
create index direct_debit_row_id on direct_debit_row (debit_id);
create index direct_debit_row_run on direct_debit_row (run_id, debit_id);
create index direct_debit_row_account on direct_debit_row (account_id, debit_id);
create index direct_debit_row_placed on direct_debit_row (invoice_id) where status = 'placed';
