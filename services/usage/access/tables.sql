-- What lines are to have, a row for each version of it: told (acknowledged), on its way, or superseded by a newer one.
-- `rates` as they were asked for, in kbit/s.
create table network_intent (
    partition   integer     not null,
    resource_id text        not null,
    version     integer     not null,
    desired     text        not null,
    rates       jsonb,
    why         text[]      not null,
    reason      text        not null,
    state       text        not null,
    attempts    integer     not null,
    element_id  text,
    answer      text,
    wanted_at   timestamptz not null,
    sent_at     timestamptz,
    answered_at timestamptz,
    primary key (partition, resource_id, version)
);
create index network_intent_by_resource on network_intent (resource_id, version);
create index network_intent_by_time on network_intent (wanted_at, resource_id, version);
create index network_intent_by_state on network_intent (state, wanted_at desc nulls last);
create index network_intent_open on network_intent (partition, sent_at) where state not in ('acknowledged', 'superseded');

-- Which network element serves a line, where somebody has said so.
create table line_element (
    partition   integer not null,
    resource_id text    not null,
    element_id  text,
    primary key (partition, resource_id)
);
create index line_element_by_element on line_element (element_id);
