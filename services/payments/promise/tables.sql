-- Promises to pay, written by the partition of their account.
create table promise_row (
    partition     integer     not null,
    promise_id    text        not null,
    account_id    text        not null,
    currency      text        not null,
    amount        numeric     not null,
    made_on       date        not null,
    pay_by        date        not null,
    restores      boolean     not null,
    note          text        not null,
    made_by       text        not null,
    parts         jsonb       not null,
    status        text        not null,
    paid          numeric     not null,
    closed_on     date,
    closed_reason text,
    recorded_at   timestamptz not null,
    primary key (partition, promise_id)
);
create index promise_row_id on promise_row (promise_id);
create index promise_row_account on promise_row (account_id, pay_by, promise_id);
create index promise_row_pay_by on promise_row (pay_by, promise_id);
