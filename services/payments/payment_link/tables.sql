-- Links by which invoices are paid, written by the partition of the account.
create table payment_link_row (
    partition  integer not null,
    token      text    not null,
    invoice_id text    not null,
    account_id text    not null,
    made_at    timestamptz not null,
    primary key (partition, token)
);
create index payment_link_row_token on payment_link_row (token);

-- Links for money on an account; `statement_key` is what a bank statement calls what comes by one.
create table top_up_link_row (
    partition     integer not null,
    token         text    not null,
    link_id       text    not null,
    account_id    text    not null,
    amount        numeric not null,
    currency      text    not null,
    statement_key text    not null,
    made_at       timestamptz not null,
    primary key (partition, token)
);
create index top_up_link_row_token on top_up_link_row (token);
create index top_up_link_row_statement on top_up_link_row (statement_key);
