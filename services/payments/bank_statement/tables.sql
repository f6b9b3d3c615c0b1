-- Statements of the operator's bank accounts, written by the partition of the bank account.
create table bank_statement_row (
    partition    integer     not null,
    statement_id text        not null,
    bank_account text        not null,
    sha256       text        not null,
    format       text        not null,
    name         text        not null,
    reference    text        not null,
    currency     text        not null,
    net          numeric     not null,
    opening      numeric,
    closing      numeric,
    from_on      date,
    to_on        date,
    entries      bigint      not null,
    taken        bigint      not null,
    repeated     bigint      not null,
    status       text        not null,
    rounds       bigint      not null,
    recorded_at  timestamptz not null,
    forgotten_at timestamptz,
    primary key (partition, statement_id)
);
create index bank_statement_row_id on bank_statement_row (statement_id);
create index bank_statement_row_recorded on bank_statement_row (recorded_at, statement_id);
create index bank_statement_row_busy on bank_statement_row (partition) where status in ('matching', 'processing');

-- Their entries; `place` counts within the statement. `candidates` is whom it may be of, the best first.
create table bank_entry_row (
    partition     integer not null,
    entry_id      text    not null,
    statement_id  text    not null,
    place         bigint  not null,
    bank_account  text    not null,
    booked_on     date    not null,
    value_on      date,
    amount        numeric not null,
    currency      text    not null,
    payer         text    not null,
    details       text    not null,
    end_to_end_id text    not null,
    mandate_id    text    not null,
    batch_id      text    not null,
    return_code   text    not null,
    reference_key text    not null,
    status        text    not null,
    confidence    text    not null,
    candidates    jsonb   not null,
    account_id    text,
    invoice_id    text,
    payment_id    text,
    paired_by     text,
    code          text,
    detail        text    not null,
    primary key (partition, entry_id)
);
create index bank_entry_row_id on bank_entry_row (entry_id);
create index bank_entry_row_statement on bank_entry_row (statement_id, place);
create index bank_entry_row_standing on bank_entry_row (statement_id, status, confidence);
create index bank_entry_row_end_to_end on bank_entry_row (end_to_end_id) where end_to_end_id <> '';
create index bank_entry_row_reference on bank_entry_row (reference_key) where reference_key <> '';
create index bank_entry_row_payer on bank_entry_row (payer, account_id) where payer <> '' and status = 'booked';

-- What matching finds an invoice by, from what payers write and by how much is open of it.
create index receivable_row_digits
    on receivable_row (ltrim(regexp_replace(number, '[^0-9]', '', 'g'), '0')) where not withdrawn;
create index receivable_row_open on receivable_row (open, currency) where open > 0;
