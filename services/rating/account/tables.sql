-- `name` and `details` are sealed. The open period is null before the first subscription; `closed_before` while nothing was closed.
create table account_row (
    partition     integer     not null,
    account_id    text        not null,
    name          text        not null,
    currency      text        not null,
    cycle_id      text        not null,
    terms         jsonb       not null,
    tax_rate      numeric     not null,
    opened_on     date        not null,
    opened_at     timestamptz not null,
    details       text,
    period_start  date,
    period_end    date,
    closed_before date,
    primary key (partition, account_id)
);
create index account_by_id on account_row (account_id);
create index account_by_beginning on account_row (lower(account_id) collate "C");
create index account_by_cycle on account_row (cycle_id);
