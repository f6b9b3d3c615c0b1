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
