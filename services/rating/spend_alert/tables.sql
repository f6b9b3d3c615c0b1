-- Spend alerts that are set, as they are now. `reached_*`: when the latest period in which one was.
create table spend_alert_row (
    partition      integer     not null,
    alert_id       text        not null,
    account_id     text        not null,
    threshold      numeric     not null,
    currency       text        not null,
    scope          text        not null,
    action         text        not null,
    version        bigint      not null,
    set_at         timestamptz not null,
    reached_start  date,
    reached_end    date,
    reached_amount numeric,
    reached_at     timestamptz,
    primary key (partition, alert_id)
);
create index spend_alert_by_id on spend_alert_row (alert_id);
create index spend_alert_by_account on spend_alert_row (account_id);
