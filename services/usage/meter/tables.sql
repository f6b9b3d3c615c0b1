-- Reference data, in partition 0; the two built-in meters are in no row.
create table meter (
    partition   integer     not null,
    id          text        not null,
    name        text        not null,
    unit        text        not null,
    aggregation text        not null,
    defined_at  timestamptz not null,
    unique_of   text,
    primary key (partition, id)
);

-- What each meter marks as personal, the built-in ones too, as [{"attribute", "keep"}].
create table meter_personal (
    partition integer     not null,
    meter_id  text        not null,
    personal  jsonb       not null,
    marked_at timestamptz not null,
    primary key (partition, meter_id)
);
