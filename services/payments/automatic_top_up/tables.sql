-- By which rule accounts top themselves up, and where it stands. Written by the partition of the account.
create table automatic_top_up_row (
    partition      integer not null,
    account_id     text    not null,
    enabled        boolean not null,
    currency       text    not null,
    threshold      numeric not null,
    amount         numeric not null,
    method_id      text,
    monthly_count  bigint  not null,
    monthly_amount numeric not null,
    version        bigint  not null,
    changed_at     timestamptz not null,
    changed_by     text,
    off_reason     text    not null,
    state          text    not null,
    top_up_id      text,
    retry_at       timestamptz,
    stated_at      timestamptz not null,
    primary key (partition, account_id)
);
create index automatic_top_up_row_account on automatic_top_up_row (account_id);
