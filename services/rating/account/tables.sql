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
    time_zone     text        not null,
    version       integer     not null,
    next_cycle    jsonb,
    parent_id     text,
    billed_by     text,
    payers        jsonb,
    held_reason   text,
    held_until    date,
    closed_on     date,
    primary key (partition, account_id)
);
create index account_by_id on account_row (account_id);
create index account_by_beginning on account_row (lower(account_id) collate "C");
create index account_by_cycle on account_row (cycle_id);
create index account_by_next_cycle on account_row ((next_cycle ->> 'cycle_id')) where next_cycle is not null;
create index account_by_payer on account_row (billed_by) where billed_by is not null;
create index account_by_parent on account_row (parent_id) where parent_id is not null;
