-- Months whose keys are destroyed, as the log says. In partition 0.
create table forgotten_month (
    partition    integer     not null,
    month        text        not null,
    kept_months  bigint      not null,
    forgotten_at timestamptz not null,
    primary key (partition, month)
);
