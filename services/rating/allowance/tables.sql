-- Top-ups, for ever. `remaining` and `status` are as the last close left them, `cancelled_at` and what follows it as
-- they were when one was cancelled.
create table top_up_row (
    partition       integer     not null,
    top_up_id       text        not null,
    subscription_id text        not null,
    account_id      text        not null,
    meter           text        not null,
    quantity        numeric     not null,
    remaining       numeric     not null,
    expires_on      date,
    price           numeric,
    currency        text,
    charge_id       text,
    status          text        not null,
    added_at        timestamptz not null,
    cancelled_at    timestamptz,
    reason          text,
    unused          numeric,
    credited        numeric,
    credit_id       text,
    primary key (partition, top_up_id)
);
create index top_up_by_id on top_up_row (top_up_id);
create index top_up_by_subscription on top_up_row (subscription_id, added_at);
create index top_up_by_account on top_up_row (account_id, added_at);
