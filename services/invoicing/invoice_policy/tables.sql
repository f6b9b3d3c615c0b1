-- What the operator demands of invoices, written by partition 0.
create table invoice_policy_row (
    partition integer     not null,
    policy_id text        not null,
    approval  jsonb       not null,
    clearance jsonb       not null,
    numbering jsonb       not null,
    version   integer     not null,
    set_at    timestamptz not null,
    set_by    text,
    primary key (partition, policy_id)
);
