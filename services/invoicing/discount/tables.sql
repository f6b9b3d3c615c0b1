-- Discounts of accounts and what invoices took of them, written by the partition of the account.
create table discount_row (
    partition   integer     not null,
    discount_id text        not null,
    account_id  text        not null,
    coupon_id   text,
    name        text        not null,
    code        text        not null,
    note        text        not null,
    terms       jsonb       not null,
    starts_on   date        not null,
    ended_on    date,
    version     integer     not null,
    granted_at  timestamptz not null,
    seq         bigint      not null,
    primary key (partition, discount_id)
);
create index discount_by_id on discount_row (discount_id);
create index discount_by_account on discount_row (account_id, discount_id);
create index discount_by_coupon on discount_row (coupon_id, account_id);

create table discount_use (
    partition    integer not null,
    invoice_id   text    not null,
    discount_id  text    not null,
    period_start date    not null,
    currency     text    not null,
    amount       numeric not null,
    void         boolean not null,
    primary key (partition, invoice_id, discount_id)
);
create index discount_use_by_discount on discount_use (discount_id);
