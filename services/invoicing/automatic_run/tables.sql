-- The automatic runs of each cycle that ever had them, in partition 0; `active` while they go on.
create table automatic_runs_row (
    partition   integer     not null,
    cycle_id    text        not null,
    active      boolean     not null,
    delay_hours integer     not null,
    period_end  date        not null,
    due_at      timestamptz not null,
    policy      jsonb,
    last_run_id text,
    version     integer     not null,
    primary key (partition, cycle_id)
);
create index automatic_runs_by_cycle on automatic_runs_row (cycle_id);
