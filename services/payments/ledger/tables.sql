-- The ledger: each movement once. Written by the partition of its account. An allocation has no `booked_on`: it counts
-- from the day on which both the money and the claim were there.
create table posting_row (
    partition   integer not null,
    seq         bigint  not null,
    n           integer not null,
    account_id  text    not null,
    kind        text    not null,
    debit       text    not null,
    credit      text    not null,
    amount      numeric not null,
    effect      numeric not null,
    currency    text    not null,
    booked_on   date,
    reference   text    not null,
    number      text    not null,
    invoice_id  text,
    recorded_at timestamptz not null,
    actor       text,
    primary key (partition, seq, n)
);
create index posting_row_account on posting_row (account_id, booked_on, seq, n);

-- The two entries of each posting, debit above zero: of one currency they sum to zero.
create view ledger_entry as
select partition, seq, n, account_id, kind, debit as account, amount, currency, booked_on, recorded_at from posting_row
 union all
select partition, seq, n, account_id, kind, credit, -amount, currency, booked_on, recorded_at from posting_row;
