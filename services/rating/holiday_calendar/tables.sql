create table holiday_calendar_row (
    partition   integer     not null,
    calendar_id text        not null,
    version     integer     not null,
    name        text        not null,
    dates       jsonb       not null,
    changed_at  timestamptz not null,
    deleted_at  timestamptz,
    primary key (partition, calendar_id, version)
);
create index holiday_calendar_by_id on holiday_calendar_row (calendar_id, version);
