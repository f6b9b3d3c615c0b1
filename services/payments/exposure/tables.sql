-- Accounts that have credit terms, are prepaid, or were asked about: how they stand. Written by their partition.
create table exposure_row (
    partition    integer not null,
    account_id   text    not null,
    currency     text    not null,
    mode         text    not null,
    mode_since   timestamptz,
    credit_limit numeric,
    at_limit     text,
    alerts       jsonb,
    earmark      numeric,
    version      integer not null,
    watched      boolean not null,
    owed         numeric,
    credit       numeric,
    unbilled     numeric,
    earmarked    numeric,
    exposure     numeric,
    available    numeric,
    standing     text    not null,
    restricted   boolean not null,
    moved_at     timestamptz,
    primary key (partition, account_id)
);
create index exposure_row_account on exposure_row (account_id);
create index exposure_row_available on exposure_row (available, account_id) where watched;
create index exposure_row_standing on exposure_row (standing, available, account_id) where watched;

-- What was told of accounts that come near their limit or reach it.
create table credit_alert_row (
    partition   integer not null,
    account_id  text    not null,
    seq         bigint  not null,
    currency    text    not null,
    kind        text    not null,
    available   numeric not null,
    threshold   numeric,
    recorded_at timestamptz not null,
    primary key (partition, account_id, seq)
);
create index credit_alert_row_account on credit_alert_row (account_id, recorded_at, seq);

-- The operator's credit settings: one row, written by partition 0.
create table credit_settings_row (
    partition   integer not null,
    settings_id text    not null,
    terms       jsonb   not null,
    version     integer not null,
    changed_at  timestamptz not null,
    changed_by  text,
    primary key (partition, settings_id)
);
