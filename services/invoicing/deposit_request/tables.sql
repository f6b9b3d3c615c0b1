-- Requests for deposits, written by the partition of the account; rows.py says what the columns mean.

create table deposit_request (
    partition    integer not null,
    deposit_id   text    not null,
    account_id   text    not null,
    amount       numeric not null,
    currency     text    not null,
    purpose      text    not null,
    requested_on date    not null,
    name         text    not null,
    details      text,
    legal_entity text,
    due_on       date,
    note         text    not null,
    closed       text,
    -- The id first: it is looked up without its partition.
    primary key (deposit_id, partition)
);
