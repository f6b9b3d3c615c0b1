-- Versions of plans, with the day from which one is in force.

create table plan_row (
  partition int not null, plan_id text not null, version int not null,
  name text not null, currency text not null, effective_from date,
  primary key (partition, plan_id, version)
);
