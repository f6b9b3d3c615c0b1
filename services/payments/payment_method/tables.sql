-- How accounts pay, written by the partition of the account; what is sealed says more.
create table payment_method_row (
    partition   integer     not null,
    method_id   text        not null,
    account_id  text        not null,
    kind        text        not null,
    label       text        not null,
    details     text        not null,
    payer       text        not null,
    gateway     text        not null,
    declined    text        not null,
    status      text        not null,
    recorded_at timestamptz not null,
    primary key (partition, method_id)
);
create index payment_method_row_id on payment_method_row (method_id);
create index payment_method_row_account on payment_method_row (account_id, recorded_at);
create index payment_method_row_payer on payment_method_row (payer) where payer <> '' and status = 'active';

-- Which of them is taken where nothing else is said.
create table preferred_method_row (
    partition  integer not null,
    account_id text    not null,
    method_id  text,
    primary key (partition, account_id)
);
