-- Billing calendars. Every row of rating is written by the partition it names, from rating.events alone.

create table billing_cycle_row (
    partition  integer     not null,
    cycle_id   text        not null,
    name       text        not null,
    terms      jsonb       not null,
    defined_at timestamptz not null,
    version    integer     not null,
    primary key (partition, cycle_id)
);
create index billing_cycle_by_id on billing_cycle_row (cycle_id);
