-- The operator's settings for payments: one row, written by partition 0.
create table payment_settings_row (
    partition   integer not null,
    settings_id text    not null,
    terms       jsonb   not null,
    version     integer not null,
    changed_at  timestamptz not null,
    changed_by  text,
    primary key (partition, settings_id)
);
