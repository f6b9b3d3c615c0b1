-- What is told how much lines may do. `secret` is sealed under a key of the element. One that was deleted has
-- `deleted_at`, and its row until its id is given again.
create table network_element (
    partition  integer     not null,
    element_id text        not null,
    driver     text        not null,
    address    text        not null,
    vendor     text        not null,
    secret     text,
    version    integer     not null,
    defined_at timestamptz not null,
    deleted_at timestamptz,
    primary key (partition, element_id)
);
create index network_element_by_id on network_element (element_id);
