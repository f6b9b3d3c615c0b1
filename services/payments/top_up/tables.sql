-- Money that was asked for to be put on accounts; whether it came is in `collection_row` of the same id. Written by the
-- partition of the account.
create table top_up_row (
    partition  integer not null,
    top_up_id  text    not null,
    account_id text    not null,
    currency   text    not null,
    amount     numeric not null,
    automatic  boolean not null,
    asked_by   text,
    asked_at   timestamptz not null,
    primary key (partition, top_up_id)
);
create index top_up_row_account on top_up_row (account_id, asked_at, top_up_id);
