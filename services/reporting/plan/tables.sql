-- Versions of plans, with the day from which one is in force.

create table plan_row (
  partition int not null, plan_id text not null, version int not null,
  name text not null, currency text not null, effective_from date,
  service_id text, recurring jsonb not null,
  primary key (partition, plan_id, version)
);

-- Which service a plan is of: what its latest version says.
create view plan_service as
select distinct on (plan_id) plan_id, coalesce(service_id, '') as service_id from plan_row order by plan_id, version desc;
